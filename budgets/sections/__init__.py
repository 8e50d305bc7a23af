"""What a page about one disclosure says, section by section: plain data for templates and charts."""
