"""What the service knows by itself: the rule book, the engines, the formats, the installation's settings."""
