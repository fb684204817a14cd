package load

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/kith-analytics/kith/internal/fault"
)

// xmlScanner reads the XML of spreadsheets tag by tag. It knows what they have
// (tags, attributes, text, the five entities and numbered ones, CDATA) and checks
// no more than it must to find the cells.
type xmlScanner struct {
	in   *bufio.Reader
	text []byte    // what stood before the tag, as it is in the file
	tag  []byte    // between < and >
	held [2][]byte // memory for a part beyond the reader's buffer, and for text
}

// xmlMost bounds one tag or text: a cell holds 32,767 characters.
const xmlMost = 4 << 20

func newXMLScanner(in io.Reader) *xmlScanner {
	return &xmlScanner{in: bufio.NewReaderSize(in, blockSize)}
}

// next reads up to the end of the next tag. Comments and processing instructions
// are tags of names of their own.
func (x *xmlScanner) next() error {
	// The text is copied: reading the tag may move the buffer under it.
	text, err := x.until('<')
	if err != nil {
		return err
	}
	x.held[1] = append(x.held[1][:0], text...)
	x.text = x.held[1]
	x.tag, err = x.until('>')
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	for !x.closed() {
		begun := bytes.Clone(x.tag)
		rest, err := x.until('>')
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		x.tag = slices.Concat(begun, []byte{'>'}, rest)
		if len(x.tag) > xmlMost {
			return fault.New(fault.Invalid, "a tag is longer than %d bytes", xmlMost)
		}
	}
	return nil
}

// closed says whether the > that was found ends the tag, and is not one inside of
// a quoted value, a comment or CDATA.
func (x *xmlScanner) closed() bool {
	switch {
	case bytes.HasPrefix(x.tag, []byte("!--")):
		return len(x.tag) >= len("!----") && bytes.HasSuffix(x.tag, []byte("--"))
	case bytes.HasPrefix(x.tag, []byte("![CDATA[")):
		return bytes.HasSuffix(x.tag, []byte("]]"))
	default:
		return bytes.Count(x.tag, []byte{'"'})%2 == 0
	}
}

// until reads up to the delimiter and gives what stands before it.
func (x *xmlScanner) until(delimiter byte) ([]byte, error) {
	part, err := x.in.ReadSlice(delimiter)
	if err == nil {
		return part[:len(part)-1], nil
	}
	x.held[0] = append(x.held[0][:0], part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		if len(x.held[0]) > xmlMost {
			return nil, fault.New(fault.Invalid, "a value is longer than %d bytes", xmlMost)
		}
		part, err = x.in.ReadSlice(delimiter)
		x.held[0] = append(x.held[0], part...)
	}
	if err != nil {
		return nil, err
	}
	return x.held[0][:len(x.held[0])-1], nil
}

// name is the tag's name without prefix, with / in front where it is a closing one.
func (x *xmlScanner) name() string {
	name := x.tag
	if i := bytes.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	if len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		if name[0] == '/' {
			name[i] = '/'
			return known(name[i:])
		}
		name = name[i+1:]
	}
	return known(name)
}

// known gives the names that are met for each cell without an allocation.
func known(name []byte) string {
	switch string(name) {
	case "c":
		return "c"
	case "/c":
		return "/c"
	case "v":
		return "v"
	case "/v":
		return "/v"
	case "t":
		return "t"
	case "/t":
		return "/t"
	case "is":
		return "is"
	case "/is":
		return "/is"
	case "row":
		return "row"
	case "/row":
		return "/row"
	case "si":
		return "si"
	case "/si":
		return "/si"
	default:
		return string(name)
	}
}

// empty says whether the tag closes itself.
func (x *xmlScanner) empty() bool { return len(x.tag) > 0 && x.tag[len(x.tag)-1] == '/' }

// attr gives the value of an attribute of the tag, and nothing where it has none.
func (x *xmlScanner) attr(name string) []byte {
	rest := x.tag
	for {
		i := bytes.IndexByte(rest, '=')
		if i < 0 {
			return nil
		}
		key := trim(rest[:i])
		if j := bytes.LastIndexAny(key, " \t\r\n"); j >= 0 {
			key = key[j+1:]
		}
		value := trim(rest[i+1:])
		if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(value[1:], value[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return value[1 : end+1]
		}
		rest = value[end+2:]
	}
}

// texts reads up to the closing tag of the element and adds the text of its v and
// t elements to out, but for phonetic hints.
func (x *xmlScanner) texts(element string, out *[]byte) error {
	hints := 0
	inside := false
	for {
		err := x.next()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		if inside {
			*out = appendText(*out, x.text)
		}
		switch name := x.name(); name {
		case "v", "t":
			inside = hints == 0 && !x.empty()
		case "/v", "/t":
			inside = false
		case "rPh":
			hints++
		case "/rPh":
			hints--
		default:
			if name == "/"+element {
				return nil
			}
			if inside && bytes.HasPrefix(x.tag, []byte("![CDATA[")) {
				*out = append(*out, x.tag[len("![CDATA["):len(x.tag)-2]...)
			}
		}
	}
}

// appendText adds text of the file with its entities, its _x000D_ and its line
// ends made plain.
func appendText(out, text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 && !bytes.Contains(text, []byte("_x")) {
		return append(out, text...)
	}
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\r':
			out = append(out, '\n')
			if i++; i < len(text) && text[i] == '\n' {
				i++
			}
		case c == '&':
			r, n := entity(text[i:])
			out = utf8.AppendRune(out, r)
			i += n
		case c == '_' && len(text) >= i+7 && text[i+1] == 'x' && text[i+6] == '_':
			if n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16); err == nil {
				out = utf8.AppendRune(out, rune(n))
				i += 7
				continue
			}
			out = append(out, c)
			i++
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}

// entity gives the letter that b begins with as an entity, and its length; a lone
// & is itself.
func entity(b []byte) (rune, int) {
	const longest = 12
	end := bytes.IndexByte(b[:min(len(b), longest)], ';')
	if end < 2 {
		return '&', 1
	}
	switch name := string(b[1:end]); name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if name[0] != '#' {
			return '&', 1
		}
		digits, base := name[1:], 10
		if digits != "" && digits[0]|0x20 == 'x' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 21)
		if err != nil {
			return '&', 1
		}
		return rune(n), end + 1
	}
}
