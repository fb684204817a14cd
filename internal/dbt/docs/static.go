package docs

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// PageFile is the page with everything inside.
const PageFile = "docs.html"

// WritePage writes dir/docs.html: the page with its styles, scripts and the data
// of the artifacts in dir, to be opened from a disk or put on any web server. Its
// policy allows the two blocks inside it by their hashes, and nothing else.
func WritePage(dir string) (path string, err error) {
	book, err := Read(dir)
	if err != nil {
		return "", err
	}
	page, err := Page(book)
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, PageFile)
	return path, replaceFile(path, page)
}

// Page gives the text of the page with everything inside.
func Page(book *Book) ([]byte, error) {
	index, err := web.ReadFile("web/index.html")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the page is missing")
	}
	// JSON escapes <, > and &, so that no text can end the block that it stands in.
	data, err := json.Marshal(map[string]any{"site": book.Site, "code": book.Code})
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the page cannot be written")
	}
	styles, rest, err := inline(string(index), regexp.MustCompile(`(?m)^\s*<link rel="stylesheet" href="/?assets/([a-z.]+)">\n`))
	if err != nil {
		return nil, err
	}
	scripts, rest, err := inline(rest, regexp.MustCompile(`(?m)^\s*<script src="/?assets/([a-z.]+)" defer></script>\n`))
	if err != nil {
		return nil, err
	}
	policy := "default-src 'none'; script-src " + hash(scripts) + "; style-src " + hash(styles) + "; img-src data:; base-uri 'none'; form-action 'none'"
	rest = strings.Replace(rest, "</head>",
		`<meta http-equiv="Content-Security-Policy" content="`+policy+`">`+"\n<style>"+styles+"</style>\n</head>", 1)
	rest = strings.Replace(rest, "</body>",
		`<script type="application/json" id="data">`+string(data)+"</script>\n<script>"+scripts+"</script>\n</body>", 1)
	return []byte(rest), nil
}

// inline takes the elements that load files out of a page and gives the files' texts.
func inline(page string, element *regexp.Regexp) (text, rest string, err error) {
	var b bytes.Buffer
	for _, found := range element.FindAllStringSubmatch(page, -1) {
		data, err := web.ReadFile("web/" + found[1])
		if err != nil {
			return "", "", fault.Wrap(err, fault.Internal, "the page's file %s is missing", found[1])
		}
		b.Write(data)
		b.WriteByte('\n')
	}
	return b.String(), element.ReplaceAllString(page, ""), nil
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
