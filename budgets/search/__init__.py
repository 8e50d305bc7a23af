"""Search for Chinese words of any length, codes, names and pinyin initials; no extension of PostgreSQL needed."""
