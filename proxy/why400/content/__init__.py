"""What a body is: media types, codings, forms, JSON, base64. Pure; nothing here raises on any bytes."""
