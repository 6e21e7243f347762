"""Sessions of browsers: signing in with a key, who one is, signing out."""
