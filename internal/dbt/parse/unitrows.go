package parse

import (
	"crypto/sha256"
	stdcsv "encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// unitTestRows brings the rows of a unit test into one of two forms: a list of
// dicts, or SQL. They come from the YAML, from a fixture file, or, where a seed
// is named without rows, from that seed's file.
func (p *parser) unitTestRows(e *entry, u *manifest.UnitTest, input string, r *manifest.UnitTestRows) error {
	var err error
	text, isText := r.Rows.(string)
	if r.Fixture != "" && r.Format != "dict" {
		if text, err = fixture(e, r.Fixture, r.Format); err != nil {
			return err
		}
		isText = true
	}
	switch r.Format {
	case "dict":
		if r.Rows == nil && input != "" {
			list, err := p.seedRows(e, u, input)
			r.Rows = fullFirst(list)
			return err
		}
		if list, ok := r.Rows.(*jinja.List); ok && !slices.ContainsFunc(list.Items, notDict) {
			r.Rows = fullFirst(list)
			return nil
		}
		return e.at("the rows of the unit test %q are no list of mappings", u.Name).
			WithHint("write rows as `- {column: value}`, or say format: csv or format: sql")
	case "csv":
		if isText {
			list, err := csvRows(text)
			r.Rows = fullFirst(list)
			if err == nil {
				return nil
			}
			return e.at("the CSV rows of the unit test %q cannot be read: %s", u.Name, err)
		}
	case "sql":
		if isText {
			r.Rows = text
			return nil
		}
	default:
		return e.at("the unit test %q has rows of the format %q", u.Name, r.Format).WithHint("use dict, csv or sql")
	}
	return e.at("the rows of the unit test %q are no text, which format: %s needs", u.Name, r.Format).
		WithHint("give rows as a text block, or a fixture")
}

// fullFirst changes places of the first row and the first one without none, as dbt
// does: the first row of a query tells the types of its columns.
func fullFirst(list *jinja.List) *jinja.List {
	if list == nil {
		return nil
	}
	full := slices.IndexFunc(list.Items, func(row jinja.Value) bool { return !slices.Contains(dictOf(row).Values(), nil) })
	if full > 0 {
		list.Items[0], list.Items[full] = list.Items[full], list.Items[0]
	}
	return list
}

func notDict(v jinja.Value) bool {
	_, ok := v.(*jinja.Dict)
	return !ok
}

// fixture reads a file of the folder fixtures of the test folders.
func fixture(e *entry, name, format string) (string, error) {
	folders := make([]string, 0, len(e.proj.TestPaths))
	for _, dir := range e.proj.TestPaths {
		folders = append(folders, filepath.ToSlash(filepath.Join(dir, "fixtures")))
	}
	files, err := e.proj.Files(folders, "."+format)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(files, func(f project.File) bool { return f.Stem() == name })
	if i < 0 {
		return "", e.at("the fixture %q is not there: no file %s.%s in %s", name, name, format, strings.Join(folders, ", "))
	}
	text, err := os.ReadFile(files[i].Absolute)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "the fixture cannot be read").At(files[i].Original, 0)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n"), nil
}

// seedRows reads the rows of the seed that an input refers to.
func (p *parser) seedRows(e *entry, u *manifest.UnitTest, input string) (*jinja.List, error) {
	ref, ok, err := p.env.UnitInput(p.ctx, u, input)
	if err != nil {
		return nil, place(err, u.OriginalFilePath, u.Line)
	}
	if !ok || ref.Node == nil || ref.Node.ResourceType != manifest.Seed {
		return nil, e.at("the input %s of the unit test %q has no rows", input, u.Name).WithHint("only a seed may be left without rows")
	}
	text, err := os.ReadFile(filepath.Join(ref.Node.RootPath, filepath.FromSlash(ref.Node.OriginalFilePath)))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the seed cannot be read").At(ref.Node.OriginalFilePath, 0)
	}
	return csvRows(strings.TrimPrefix(string(text), "\ufeff"))
}

// csvRows reads CSV with a head into dicts; what is empty is none.
func csvRows(text string) (*jinja.List, error) {
	r := stdcsv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return jinja.NewList(), nil
	}
	if err != nil {
		return nil, err
	}
	out := jinja.NewList()
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		row := jinja.NewDict()
		for i, name := range head {
			row.SetStr(name, nil)
			if i < len(record) && record[i] != "" {
				row.SetStr(name, record[i])
			}
		}
		out.Append(row)
	}
}

// unitTestSum fingerprints what a unit test says.
func unitTestSum(u *manifest.UnitTest) string {
	h := sha256.New()
	add := func(text string) { _, _ = io.WriteString(h, text+"\x00") }
	add(u.Model)
	if u.Versions != nil {
		add(strings.Join(u.Versions.Include, " ") + "/" + strings.Join(u.Versions.Exclude, " "))
	}
	rows := append([]manifest.UnitTestInput{{UnitTestRows: u.Expect}}, u.Given...)
	for i := range rows {
		add(rows[i].Input + " " + rows[i].Format + " " + jinja.Repr(rows[i].Rows))
	}
	if u.Overrides != nil {
		add(jinja.Repr(u.Overrides))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// spreadVersions makes a unit test of a versioned model one for each version
// that it is for.
func (p *parser) spreadVersions(u *manifest.UnitTest, tested *manifest.Node) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Parse, format, args...).At(u.OriginalFilePath, u.Line)
	}
	if tested.Version == "" {
		if u.Versions != nil {
			return bad("the unit test %q names versions, and %s has none", u.Name, tested.Name)
		}
		return nil
	}
	delete(p.out.UnitTests, u.UniqueID)
	found := false
	for _, id := range sortedIDs(p.out.Nodes) {
		n := p.out.Nodes[id]
		if n.ResourceType != manifest.Model || n.Name != tested.Name || n.Package != tested.Package || !u.Versions.For(n.Version) {
			continue
		}
		found = true
		one := *u
		one.UniqueID, one.Version, one.Schema = u.UniqueID+"_v"+n.Version, n.Version, n.Schema
		one.DependsOn.Nodes = []string{n.UniqueID}
		p.out.UnitTests[one.UniqueID] = &one
	}
	if !found {
		return bad("the unit test %q is for versions of %s that are not there", u.Name, tested.Name)
	}
	return nil
}

// checkIncremental asks for what a unit test of an incremental model must say.
func checkIncremental(u *manifest.UnitTest, tested *manifest.Node) error {
	if !slices.Contains(tested.DependsOn.Macros, "macro.dbt.is_incremental") {
		return nil
	}
	macros, _ := first(u.Overrides, "macros").(*jinja.Dict)
	on, given := first(macros, "is_incremental").(bool)
	if !given {
		return fault.New(fault.Parse, "the unit test %q does not say whether %s is incremental", u.Name, tested.Name).At(u.OriginalFilePath, u.Line).
			WithHint("add overrides: {macros: {is_incremental: true}}, or false")
	}
	if on && !slices.ContainsFunc(u.Given, func(g manifest.UnitTestInput) bool { return strings.TrimSpace(g.Input) == "this" }) {
		return fault.New(fault.Parse, "the unit test %q of the incremental model %s gives no rows for this", u.Name, tested.Name).
			At(u.OriginalFilePath, u.Line).WithHint("add `- input: this` under given:")
	}
	return nil
}
