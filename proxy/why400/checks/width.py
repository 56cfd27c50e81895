"""`width`: pixels from left to right, as stored; after a planned rotation, as turned.

    require: { width: { min: 32, max: 4096 } }
    require: { width: 224 }

A bare number asks for exactly that many. Stands together with `height` in one rule where one fix serves both.

    holds: 640 against { min: 32, max: 4096 }
    fails: 16 against { min: 32 } as image.too-small
    fails: 8000 against { max: 4096 } as image.too-large
    fails: 225 against 224 as image.size-mismatch
"""

from why400.checks.sides import side_check

CHECK = side_check("width", __doc__ or "")
