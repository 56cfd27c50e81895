"""The lines that send a request's image right, in three languages, with what else the request had.

From the file `photo.…` in a shell, from the bytes `image` in Python and JavaScript.
"""

from collections.abc import Mapping
from dataclasses import replace

from why400.causes.cause import LANGUAGES
from why400.causes.lines import ClientLines
from why400.content.file_names import extension_of
from why400.diagnose.client_documents import in_json, in_tensor
from why400.diagnose.client_words import fields, parts, url
from why400.diagnose.sending import Sending, Style

_MADE = {"image/jpeg": "ready.jpg", "image/png": "ready.png"}
_STYLES: Mapping[str, Style] = {"_raw": "raw", "_form": "form", "_json": "json", "_data_uri": "data-uri"}


def file_of(media_type: str) -> str:
    """The name that stands for the picture's file: records keep no names of files."""
    return f"photo.{extension_of(media_type, 'jpg')}"


def filled(sending: Sending) -> dict[str, str]:
    """The names `{file}`, `{read_…}` and `{send_…}` of templates."""
    own = _converted(sending) or (file_of(sending.media_type), _declared(sending))
    sent = {
        "": _lines(own, sending),
        "_jpeg": _lines(("ready.jpg", "image/jpeg"), sending),
        "_png": _lines(("ready.png", "image/png"), sending),
        **{how: _lines(own, replace(sending, style=style)) for how, style in _STYLES.items()},
    }
    return {"file": file_of(sending.media_type), **_named("read", "", _read(sending))} | {
        name: text for how, lines in sent.items() for name, text in _named("send", how, lines).items()
    }


def _named(what: str, how: str, lines: ClientLines) -> dict[str, str]:
    texts = (lines.curl, lines.python, lines.javascript)
    return {f"{what}_{language}{how}": text for language, text in zip(LANGUAGES, texts, strict=True)}


def _converted(sending: Sending) -> tuple[str, str] | None:
    """The file that the picture has to be made, and its media type; None where it is sent as it is."""
    wanted = sending.wanted
    return (_MADE[wanted], wanted) if wanted in _MADE and wanted != sending.media_type else None


def _declared(sending: Sending) -> str:
    """The type that is to be said of the picture as it is: its own, or the general one that is wanted of a body."""
    wanted = sending.wanted
    return wanted if wanted and sending.style == "raw" and not wanted.startswith("image/") else sending.media_type


def _read(sending: Sending) -> ClientLines:
    file, made = file_of(sending.media_type), _converted(sending)
    if made is None:
        return ClientLines(
            "", f'image = open("{file}", "rb").read()', f'const image = await fs.promises.readFile("{file}");'
        )
    kind = made[1].removeprefix("image/")
    return ClientLines(
        f"magick {file} -background white -alpha remove {kind}:{made[0]}\n",
        f'buffer = io.BytesIO()\nImage.open("{file}").convert("RGB").save(buffer, "{kind.upper()}")\n'
        "image = buffer.getvalue()",
        f'const image = await sharp("{file}").flatten({{ background: "white" }}).{kind}().toBuffer();',
    )


def _lines(of: tuple[str, str], sending: Sending) -> ClientLines:
    if sending.style == "raw":
        return _raw(*of, sending)
    if sending.style == "form":
        return _form(*of, sending)
    return in_tensor(of[0], sending) if sending.style == "tensor" else in_json(*of, sending)


def _raw(file: str, media_type: str, sending: Sending) -> ClientLines:
    of, at = fields(sending, media_type), url(sending)
    return ClientLines(
        f"curl -X {sending.method} {of.curl}--data-binary @{file} {at.curl}",
        f'requests.request("{sending.method}", {at.python}, data=image{of.python})',
        f'await fetch({at.javascript}, {{ method: "{sending.method}"{of.javascript}, body: image }});',
    )


def _form(file: str, media_type: str, sending: Sending) -> ClientLines:
    more, at, of = parts(sending), url(sending), fields(sending)
    return ClientLines(
        f"curl -X {sending.method} {of.curl}-F '{sending.part}=@{file};type={media_type}'{more.curl} {at.curl}",
        f'requests.request("{sending.method}", {at.python}, '
        f'files={{"{sending.part}": ("{file}", image, "{media_type}")}}{more.python}{of.python})',
        f"const form = new FormData();\n{more.javascript}"
        f'form.append("{sending.part}", new Blob([image], {{ type: "{media_type}" }}), "{file}");\n'
        f'await fetch({at.javascript}, {{ method: "{sending.method}"{of.javascript}, body: form }});',
    )
