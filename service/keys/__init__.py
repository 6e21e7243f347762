"""API keys: listed, made, withdrawn."""
