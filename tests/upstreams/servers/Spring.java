import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** What a Spring Boot controller answers by default (no messages), and with `include-message=always` on one path. */
public class Spring {
    record Refusal(int status, String error, String message) {}

    static class Refused extends RuntimeException {
        final Refusal refusal;

        Refused(int status, String error, String message) {
            this.refusal = new Refusal(status, error, message);
        }
    }

    static String classify(byte[] data) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(data));
        if (image.getColorModel().getNumComponents() != 3) {
            int found = image.getColorModel().getNumComponents();
            throw new IllegalArgumentException("Tensor shape mismatch: expected [1, 3, 224, 224], found [1, " + found + ", 224, 224]");
        }
        return image.getWidth() > 0 ? "red" : "";
    }

    static byte[] part(String type, byte[] body, String wanted) {
        if (!type.toLowerCase().startsWith("multipart/")) {
            throw new Refused(500, "Internal Server Error", "Current request is not a multipart request");
        }
        Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)").matcher(type);
        if (!boundary.find()) {
            throw new Refused(500, "Internal Server Error", "Failed to parse multipart servlet request");
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (String piece : text.split(Pattern.quote("--" + boundary.group(1)))) {
            int cut = piece.indexOf("\r\n\r\n");
            if (cut > 0 && piece.substring(0, cut).contains("name=\"" + wanted + "\"") && piece.contains("filename=")) {
                return piece.substring(cut + 4, Math.max(cut + 4, piece.length() - 2)).getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        throw new Refused(400, "Bad Request", "Required part '" + wanted + "' is not present.");
    }

    static String value(String type, byte[] body, String key) {
        if (!type.toLowerCase().startsWith("application/json")) {
            throw new Refused(415, "Unsupported Media Type", "Content-Type '" + type + "' is not supported.");
        }
        String text = new String(body, StandardCharsets.UTF_8).trim();
        if (text.isEmpty()) {
            throw new Refused(400, "Bad Request", "Required request body is missing");
        }
        Json json = new Json(text);
        Object root = json.document();
        if (!(root instanceof Map<?, ?> map)) {
            throw new Refused(400, "Bad Request", "JSON parse error: Cannot deserialize value of type `Picture`");
        }
        Object found = map.get(key);
        if (found != null && !(found instanceof String)) {
            throw new Refused(400, "Bad Request", "JSON parse error: Cannot deserialize value of type `java.lang.String`");
        }
        return (String) found;
    }

    /** Strict JSON, no more than is needed: objects as maps, strings, and anything else as itself. */
    static class Json {
        final String text;
        int at = 0;

        Json(String text) {
            this.text = text;
        }

        RuntimeException wrong() {
            String near = at < text.length() ? "Unexpected character ('" + text.charAt(at) + "' (code " + (int) text.charAt(at) + "))" : "Unexpected end-of-input";
            return new Refused(400, "Bad Request", "JSON parse error: " + near);
        }

        Object document() {
            Object root = value();
            if (blank() != 0) {
                throw wrong();
            }
            return root;
        }

        char blank() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        void eat(char wanted) {
            if (blank() != wanted) {
                throw wrong();
            }
            at++;
        }

        Object value() {
            switch (blank()) {
                case '"':
                    return string();
                case '{':
                    Map<String, Object> map = new HashMap<>();
                    at++;
                    for (boolean first = true; blank() != '}'; first = false) {
                        if (!first) {
                            eat(',');
                            blank();
                        }
                        String key = string();
                        eat(':');
                        map.put(key, value());
                    }
                    at++;
                    return map;
                case '[':
                    at++;
                    for (boolean first = true; blank() != ']'; first = false) {
                        if (!first) {
                            eat(',');
                        }
                        value();
                    }
                    at++;
                    return new Object[0];
                default:
                    Matcher plain = Pattern.compile("null|true|false|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?!\\w)").matcher(text).region(at, text.length());
                    if (!plain.lookingAt()) {
                        throw wrong();
                    }
                    at = plain.end();
                    return plain.group().equals("null") ? null : (Object) 1;
            }
        }

        String string() {
            eat('"');
            StringBuilder out = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                char one = text.charAt(at++);
                if (one < ' ') {
                    throw new Refused(400, "Bad Request", "JSON parse error: Illegal unquoted character ((CTRL-CHAR, code " + (int) one + "))");
                }
                if (one == '\\' && at < text.length()) {
                    char escaped = text.charAt(at++);
                    int known = "nrtbf\"\\/u".indexOf(escaped);
                    if (known < 0 || (escaped == 'u' && at + 4 > text.length())) {
                        throw wrong();
                    }
                    if (escaped == 'u') {
                        one = (char) Integer.parseInt(text.substring(at, at += 4), 16);
                    } else {
                        one = "\n\r\t\b\f\"\\/".charAt(known);
                    }
                }
                out.append(one);
            }
            eat('"');
            return out.toString();
        }
    }

    static String answer(String path, String type, byte[] body) throws Exception {
        return switch (path) {
            case "/api/classify" -> classify(part(type, body, "file"));
            case "/api/encoded" -> classify(Base64.getDecoder().decode(value(type, body, "content")));
            case "/api/told" -> classify(Base64.getMimeDecoder().decode(value(type, body, "image")));
            case "/api/bytes" -> {
                if (!type.startsWith("image/")) {
                    throw new Refused(415, "Unsupported Media Type", "Content-Type '" + type + "' is not supported.");
                }
                yield classify(body);
            }
            default -> throw new Refused(404, "Not Found", "No static resource " + path);
        };
    }

    static void handle(HttpExchange exchange) throws java.io.IOException {
        String path = exchange.getRequestURI().getPath();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        byte[] body = exchange.getRequestBody().readAllBytes();
        Refusal refusal;
        try {
            boolean known = path.matches("/api/(classify|encoded|told|bytes)");
            if (known && !exchange.getRequestMethod().equals("POST")) {
                throw new Refused(405, "Method Not Allowed", "Method '" + exchange.getRequestMethod() + "' is not supported.");
            }
            if (body.length > 1048576) {
                throw new Refused(413, "Payload Too Large", "Maximum upload size exceeded");
            }
            write(exchange, 200, "{\"label\":\"" + answer(path, type == null ? "" : type, body) + "\"}");
            return;
        } catch (Refused refused) {
            refusal = refused.refusal;
        } catch (Exception error) {
            refusal = new Refusal(500, "Internal Server Error", error.getMessage());
        }
        String words = path.equals("/api/told") && refusal.message != null
            ? ",\"message\":\"" + refusal.message.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : "";
        write(exchange, refusal.status, "{\"timestamp\":\"2026-11-23T20:45:00.000+00:00\",\"status\":" + refusal.status
            + ",\"error\":\"" + refusal.error + "\"" + words + ",\"path\":\"" + path + "\"}");
    }

    static void write(HttpExchange exchange, int status, String text) throws java.io.IOException {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, data.length);
        exchange.getResponseBody().write(data);
        exchange.close();
    }

    public static void main(String[] words) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(words[0])), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", Spring::handle);
        server.start();
    }
}
