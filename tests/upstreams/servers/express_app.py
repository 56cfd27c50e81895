"""Node with the words and habits of Express, body-parser and multer; the JavaScript beside this file is run by node."""

import os
import sys
from pathlib import Path

os.execvp("node", ["node", str(Path(__file__).with_name("express_app.js")), sys.argv[1]])
