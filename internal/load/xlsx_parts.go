package load

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// sheetEntry is a sheet in the workbook's index, with the part that holds it.
type sheetEntry struct {
	Name string `xml:"name,attr"`
	ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	// Strict is the id in files of the strict flavour of the format.
	Strict string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
	part   string
}

// readIndex gives the sheets in their order, and finds the calendar of the dates.
func (w *workbook) readIndex() ([]sheetEntry, error) {
	var book struct {
		Properties struct {
			Date1904 bool `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []sheetEntry `xml:"sheets>sheet"`
	}
	var links struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := w.decode("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := w.decode("xl/_rels/workbook.xml.rels", &links); err != nil {
		return nil, err
	}
	if book.Properties.Date1904 {
		w.epoch = epoch1904
	}
	var out []sheetEntry
	for _, s := range book.Sheets {
		for _, l := range links.List {
			if l.ID != s.ID+s.Strict {
				continue
			}
			s.part = strings.TrimPrefix(l.Target, "/")
			if s.part == l.Target {
				s.part = path.Join("xl", l.Target)
			}
			if w.parts[s.part] != nil && !strings.Contains(s.part, "chartsheets") {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// decode reads a small part whole.
func (w *workbook) decode(name string, into any) error {
	const most = 64 << 20
	f, ok := w.parts[name]
	if !ok {
		return fault.New(fault.Invalid, "the part %s is missing", name)
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	err = xml.NewDecoder(io.LimitReader(in, most)).Decode(into)
	return errors.Join(err, in.Close())
}

// readStyles finds the styles that show numbers as dates.
func (w *workbook) readStyles() error {
	const part = "xl/styles.xml"
	if w.parts[part] == nil {
		return nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(part, &styles); err != nil {
		return err
	}
	own := map[int]bool{}
	for _, f := range styles.Formats {
		own[f.ID] = isDateFormat(f.Code)
	}
	for _, c := range styles.Cells {
		dated, known := own[c.Format]
		w.dated = append(w.dated, dated || !known && isBuiltInDate(c.Format))
	}
	return nil
}

// isBuiltInDate knows the formats that a file need not spell out; see ECMA-376
// part 1, 18.8.30.
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// isDateFormat says whether a number format has parts of a date or time outside of
// quotes, colours and conditions.
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; c {
		case '"' | 0x20:
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case '[' | 0x20:
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if inner := strings.ToLower(code[i+1 : i+end]); inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.IndexAny(inner[:1], "hms") == 0 {
				return true // hours, minutes or seconds that go on counting
			}
			i += end
		case '\\' | 0x20, '_' | 0x20, '*' | 0x20:
			if code[i] == '\\' || code[i] == '_' || code[i] == '*' {
				i++ // the next letter is shown as it is, or is only as wide
			}
		case 'd', 'm', 'y', 'h', 's':
			return true
		case 'g':
			if len(code) >= i+7 && strings.EqualFold(code[i:i+7], "general") {
				i += 6
			}
		}
	}
	return false
}

// texts are the shared texts of a workbook.
type texts struct {
	bytes []byte
	ends  []int
}

func (t *texts) get(i int64) []byte {
	if i < 0 || i >= int64(len(t.ends)) {
		return nil
	}
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.bytes[from:t.ends[i]]
}

func (w *workbook) readTexts() error {
	const part = "xl/sharedStrings.xml"
	if w.parts[part] == nil {
		return nil
	}
	in, file, err := w.scan(part)
	if err != nil {
		return err
	}
	for {
		err := in.next()
		if errors.Is(err, io.EOF) {
			return file.Close()
		}
		if err == nil && in.name() == "si" {
			if !in.empty() {
				err = in.texts("si", &w.shared.bytes)
			}
			w.shared.ends = append(w.shared.ends, len(w.shared.bytes))
		}
		if err == nil && len(w.shared.bytes) > xlsxTexts {
			err = fault.New(fault.Invalid, "its texts take more than 1 GB")
		}
		if err != nil {
			return errors.Join(err, file.Close())
		}
	}
}
