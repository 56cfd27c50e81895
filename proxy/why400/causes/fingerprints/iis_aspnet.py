"""IIS, Kestrel and ASP.NET: limits, model binding, System.Text.Json."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "deny a request that exceeds the request content length",
        r"deny a request that exceeds the request content length",
        "IIS",
        ("limit.body-size",),
        "P",
        "The request filtering module is configured to deny a request that exceeds the request content length.",
        (404, 413),
    ),
    Fingerprint(
        "Request body too large",
        r"Request body too large\. The max request body size is \d+ bytes",
        "ASP.NET Kestrel",
        ("limit.body-size",),
        "P",
        "BadHttpRequestException: Request body too large. The max request body size is 30000000 bytes.",
    ),
    Fingerprint(
        "field is required",
        r"(?s)\A(?!.{0,1000}\"\$[\".]).*The (?P<name>\w{1,64}) field is required\.",
        "ASP.NET or Laravel",
        ("json.missing-field", "json.field-name", "multipart.part-name", "content-type.raw-for-multipart"),
        "P",
        '{"title":"One or more validation errors occurred.","errors":{"file":["The file field is required."]}}',
        (400, 422),
        notes='where "$" stands among the errors, the document was not read: the parameter that it became is not there',
    ),
    Fingerprint(
        "The JSON value could not be converted to",
        r"The JSON value could not be converted to System\.Byte\[\]\. Path: \$\.(?P<name>\w{1,64})",
        "ASP.NET",
        ("base64.*", "data-uri.unexpected", "json.wrong-type", "json.list-vs-single", "image.empty"),
        "P",
        "The JSON value could not be converted to System.Byte[]. Path: $.image | LineNumber: 0 | BytePositionInLine: 9",
        (400,),
    ),
    Fingerprint(
        "The JSON value could not be converted to",
        r"The JSON value could not be converted to (?!System\.Byte\[\]).{1,120}Path: \$",
        "ASP.NET",
        ("json.wrong-type", "json.list-vs-single", "json.not-object", "json.double-encoded"),
        "P",
        "The JSON value could not be converted to System.String. Path: $.image | LineNumber: 0 | BytePositionInLine: 9",
        (400,),
    ),
    Fingerprint(
        "LineNumber",
        r"Path: \$[^|]{0,80}\| LineNumber: \d+ \| BytePositionInLine: \d+",
        "ASP.NET",
        ("json.*", "base64.*", "encoding.charset", "content-type.image-as-json", "data-uri.unexpected"),
        "S",
        "'x' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 1.",
        (400,),
        says="where the document cannot be read",
    ),
)
