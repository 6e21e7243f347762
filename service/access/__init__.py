"""Who may do what: API keys, sessions of browsers, roles, and the branches each caller is for."""
