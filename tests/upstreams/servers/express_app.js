// What Express 4 with body-parser, multer and a JPEG/PNG reader answers, in 100 lines without them.
const http = require("http");
const LIMIT = 102400;

const page = (words) =>
  `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${words}</pre>\n</body>\n</html>\n`;
const escaped = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#39;");

class Refusal extends Error {
  constructor(status, name, words) {
    super(words);
    this.status = status;
    this.name = name;
  }
}

function decoded(bytes) {
  const png = bytes.subarray(0, 8).equals(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  const jpeg = bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  if (!png && !jpeg) throw new Error("Input buffer contains unsupported image format");
  if (png) {
    if (bytes.length < 33 || !bytes.subarray(-12).includes("IEND")) throw new Error("pngload_buffer: libspng read error");
    const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[bytes[25]];
    if (bytes[24] !== 8 || channels !== 3)
      throw new Error(`The shape of dict['input'] provided in model.execute(dict) must be [-1,224,224,3], but was [1,224,224,${channels}]`);
  } else {
    if (!bytes.subarray(-2).equals(Buffer.from([0xff, 0xd9]))) throw new Error("VipsJpeg: Premature end of JPEG file");
    for (let at = 2; at + 10 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
      const sof = bytes[at + 1] >= 0xc0 && bytes[at + 1] <= 0xc2;
      if (sof && bytes[at + 9] !== 3)
        throw new Error(`The shape of dict['input'] provided in model.execute(dict) must be [-1,224,224,3], but was [1,224,224,${bytes[at + 9]}]`);
      if (sof && Math.max(bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)) > 4096)
        throw new Error("Input image exceeds pixel limit");
    }
  }
  return "ok";
}

function json(request, body) {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(request.headers["content-type"] || "")) return {};
  if (request.headers["content-encoding"] && request.headers["content-encoding"] !== "identity")
    throw new Refusal(400, "Error", "incorrect header check");
  if (body.length > LIMIT) throw new Refusal(413, "PayloadTooLargeError", "request entity too large");
  const text = body.toString("utf8");
  if (!text) return {};
  if (!/^[\x20\x09\x0a\x0d]*[[{]/.test(text)) {
    const first = text.trim()[0];
    throw new Refusal(400, "SyntaxError", `Unexpected token ${first} in JSON at position ${text.indexOf(first)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, "SyntaxError", error.message);
  }
}

function form(request, body) {
  const type = request.headers["content-type"] || "";
  if (!type.startsWith("multipart/form-data")) return null;
  const named = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(type);
  if (!named) throw new Refusal(500, "Error", "Multipart: Boundary not found");
  const mark = "--" + (named[1] || named[2]);
  const text = body.toString("latin1");
  if (!text.includes(mark + "--")) throw new Refusal(500, "Error", "Unexpected end of form");
  const pieces = text.split(mark).slice(1, -1);
  for (const piece of pieces) {
    const cut = piece.indexOf("\r\n\r\n");
    const name = /name="([^"]*)"/.exec(piece.slice(0, cut));
    if (cut < 0) throw new Refusal(500, "Error", "Malformed part header");
    if (!/filename/.test(piece.slice(0, cut))) continue;
    if (!name || name[1] !== "avatar") throw new Refusal(500, "MulterError", "Unexpected field");
    return Buffer.from(piece.slice(cut + 4, -2), "latin1");
  }
  return null;
}

const routes = {
  "/api/upload": (request, body) => {
    const file = form(request, body);
    if (!file) throw new Refusal(400, "", "Please upload a file");
    return decoded(file);
  },
  "/api/photo": (request, body) => {
    const { photo } = json(request, body);
    return decoded(Buffer.from(photo, "base64"));
  },
  "/api/raw": (request, body) => {
    if (!/^image\//.test(request.headers["content-type"] || "")) throw new Refusal(500, "TypeError", "Cannot read properties of undefined (reading 'length')");
    if (body.length > 1048576) throw new Refusal(413, "PayloadTooLargeError", "request entity too large");
    return decoded(body);
  },
};

http
  .createServer((request, reply) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      const path = request.url.split("?")[0].replace(/\/$/, "").toLowerCase();
      const answer = (status, type, text) => reply.writeHead(status, { "Content-Type": type, "X-Powered-By": "Express" }).end(text);
      if (!routes[path] || request.method !== "POST") return answer(404, "text/html; charset=utf-8", page(`Cannot ${request.method} ${escaped(request.url)}`));
      try {
        answer(200, "application/json", JSON.stringify({ label: routes[path](request, Buffer.concat(pieces)) }));
      } catch (error) {
        if (path === "/api/raw" && !error.status) return answer(422, "application/json", JSON.stringify({ message: error.message }));
        if (error.status === 400 && !error.name) return answer(400, "application/json", JSON.stringify({ error: error.message }));
        answer(error.status || 500, "text/html; charset=utf-8", page(`${escaped(`${error.name}: ${error.message}`)}<br> &nbsp; &nbsp;at Layer.handle [as handle_request]`));
      }
    });
  })
  .listen(Number(process.argv[2]), "127.0.0.1");
