"""Plans out: tables for spreadsheets, maps as GeoJSON, calendars for the technicians' telephones."""
