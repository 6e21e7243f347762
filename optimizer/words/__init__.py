"""How numbers, times, money and business words are written, in English and Chinese."""
