package io.dispatch.contracts.event;

/** JSON as text that is passed on in the spelling it came in. */
final class JsonText {
    private JsonText() {}

    /** Sound JSON without insignificant white space; nothing else changes. */
    static String compact(String json) {
        StringBuilder compact = new StringBuilder(json.length());
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                compact.append(c).append(json.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (quoted || c > ' ') {
                compact.append(c);
            }
        }
        return compact.toString();
    }
}
