"""The admin port: page, API, metrics and health, on aiohttp."""
