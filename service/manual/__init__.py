"""The manual: pages for people, made from the service's own description; nothing comes from elsewhere."""
