package seed

import (
	"fmt"
	"os"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Options say how a seed is read.
type Options struct {
	// Name is the file as people know it, for messages; the path when empty.
	Name string
	// Delimiter is one character; a comma when empty.
	Delimiter string
	// ColumnTypes holds the columns whose type the project sets.
	ColumnTypes []string
	// Warn takes what is odd but not wrong; nil drops it.
	Warn func(message string)
}

// file is a seed's file, once it was scanned.
type file struct {
	path, name string
	delimiter  byte
	patterns   *patterns

	names   []string
	columns []column
	rows    int
	mixed   bool // has both kinds of line ends
}

// Read checks the file at path and infers its columns. The table's rows are read
// from the file again once a template asks for them. A file that breaks CSV's
// rules is a fault of code Invalid with its line.
func Read(path string, opt Options) (*adapter.Table, error) {
	f, err := open(path, opt)
	if err != nil {
		return nil, err
	}
	return adapter.NewSeedTable(f.heads(), f.rows, f.load, f), nil
}

func open(path string, opt Options) (*file, error) {
	if opt.Name == "" {
		opt.Name = path
	}
	if opt.Warn == nil {
		opt.Warn = func(string) {}
	}
	delimiter, err := delimiterOf(opt)
	if err != nil {
		return nil, err
	}
	f := &file{path: path, name: opt.Name, delimiter: delimiter, patterns: newPatterns()}
	if err := f.scan(opt); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *file) heads() []adapter.TableColumn {
	columns := make([]adapter.TableColumn, len(f.names))
	for i, name := range f.names {
		c := &f.columns[i]
		columns[i] = adapter.TableColumn{
			Name: name, Kind: c.kind(), Decimals: c.decimals || c.nonFinite, Type: c.sqlType(),
		}
		if f.rows == 0 && !c.forced {
			columns[i].Kind = adapter.KindInteger
		}
	}
	return columns
}

func delimiterOf(opt Options) (byte, error) {
	d := opt.Delimiter
	switch {
	case d == "":
		return ',', nil
	case d == `\t`:
		return '\t', nil
	case len(d) != 1 || d == `"` || d == "\n" || d == "\r":
		return 0, fault.New(fault.Invalid, "the delimiter of a seed must be one character, not '%s'", d).At(opt.Name, 0)
	}
	return d[0], nil
}

// each calls do for the header and then for every row.
func (f *file) each(header, row func(record) error) (err error) {
	in, err := os.Open(f.path)
	if err != nil {
		return fault.Wrap(err, fault.NotFound, "cannot open the seed").At(f.name, 0)
	}
	defer func() {
		if cerr := in.Close(); err == nil && cerr != nil {
			err = fault.Wrap(cerr, fault.Disk, "cannot read the seed").At(f.name, 0)
		}
	}()
	r, err := newCSVReader(in, f.name, f.delimiter)
	if err != nil {
		return err
	}
	first, ok, err := r.read()
	if err != nil {
		return err
	}
	if !ok || first.blank {
		return fault.New(fault.Invalid, "the seed has no header").At(f.name, 1).WithHint("put the names of the columns on the first line")
	}
	if err := header(first); err != nil {
		return err
	}
	width := len(first.fields)
	for {
		rec, ok, err := r.read()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if rec.blank && width > 1 {
			continue
		}
		if len(rec.fields) != width {
			return fault.New(fault.Invalid, "the row has %s, the header has %d", plural(len(rec.fields), "field"), width).
				At(f.name, rec.line).WithHint("check for a missing quote or delimiter")
		}
		if err := row(rec); err != nil {
			return err
		}
	}
	f.mixed = r.crlf && r.lf
	return nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (f *file) scan(opt Options) error {
	return f.each(
		func(head record) error { return f.setHeader(head, opt) },
		func(rec record) error {
			f.rows++
			for i, field := range rec.fields {
				f.columns[i].observe(f.patterns, field)
			}
			return nil
		})
}

// setHeader names the columns. As in dbt, an empty name becomes a letter and a
// repeated one gets _2, _3 ...
func (f *file) setHeader(head record, opt Options) error {
	taken := map[string]bool{}
	for _, name := range head.fields {
		taken[name] = true
	}
	seen := map[string]int{}
	folded := map[string]string{}
	for i, name := range head.fields {
		if name == "" {
			name = letters(i)
			opt.Warn(fmt.Sprintf("%s:1: column %d has no name and is called '%s'", f.name, i+1, name))
		}
		if seen[name]++; seen[name] > 1 {
			again := name
			for n := seen[name]; taken[again] || seen[again] > 0; n++ {
				again = fmt.Sprintf("%s_%d", name, n)
			}
			opt.Warn(fmt.Sprintf("%s:1: the column '%s' is there more than once; number %d is called '%s'", f.name, name, i+1, again))
			name = again
			seen[name]++
		}
		if other, ok := folded[strings.ToLower(name)]; ok {
			return fault.New(fault.Invalid, "the columns '%s' and '%s' differ in case only, which are one name to the warehouse", other, name).
				At(f.name, 1).WithHint("rename one of them")
		}
		folded[strings.ToLower(name)] = name
		f.names = append(f.names, name)
	}
	f.columns = make([]column, len(f.names))
	for _, name := range opt.ColumnTypes {
		found := false
		for i, have := range f.names {
			if have == name {
				f.columns[i].forced, found = true, true
			}
		}
		if !found {
			opt.Warn(fmt.Sprintf("%s: column_types names the column '%s', which the file does not have", f.name, name))
		}
	}
	return nil
}

// letters names column 0 a, 25 z, 26 aa, 27 bb.
func letters(i int) string {
	return strings.Repeat(string(rune('a'+i%26)), i/26+1)
}

func (f *file) load() ([][]jinja.Value, error) {
	out := make([][]jinja.Value, 0, f.rows)
	err := f.each(
		func(record) error { return nil },
		func(rec record) error {
			row := make([]jinja.Value, len(rec.fields))
			for i, field := range rec.fields {
				v, err := f.columns[i].value(f.patterns, field)
				if err != nil {
					return fault.Wrap(err, fault.Invalid, "column %s", f.names[i]).At(f.name, rec.line)
				}
				row[i] = v
			}
			out = append(out, row)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return out, nil
}
