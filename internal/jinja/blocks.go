package jinja

// Block is a top-level block found by ExtractBlocks.
type Block struct {
	Tag       string // as in {% tag name %}
	Name      string // empty when the tag has none
	Inner     string // the source between the tags
	InnerLine int    // the line at which Inner begins
	Line      int    // the line of the opening tag
	Full      string // from the opening to the closing tag
	// InnerOffset and Offset are the byte offsets of Inner and Full.
	InnerOffset int
	Offset      int
}
