"""Files in and out: scenarios, plans and the formats of others."""
