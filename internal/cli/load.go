package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/terminal"
)

// loading are the flags of load.
type loading struct {
	request            load.Request
	mapping            string
	near               func(string) string
	delimiter, decimal string
	columns, set       []string
	dryRun             bool
}

func newLoad(g *global) *cobra.Command {
	l := &loading{near: g.env.near}
	cmd := &cobra.Command{
		Use: "load [SOURCE] FILE...", Short: "Load files into the warehouse: CSV, JSON lines, Parquet, XLSX", GroupID: groupData,
		Long: `Load files, folders and globs into the bronze tables of the warehouse. Files may be compressed (gz, zst).

SOURCE says what the files are; without it the names of their columns do, and a file of no known source
is taken as it is. The sources, which kith load sources tells more about:
` + sourceNames() + `
Every row ends in its table or, with file, line, column, value and reason, in bronze.rejects. A file
whose content was loaded before adds nothing unless --again is given.`,
		Example: `  kith load customers crm.csv --dry-run
  kith load transactions pos/*.csv --dates dmy --set channel=store
  kith load survey_responses nps.xlsx --column score="How likely" --set survey_type=NPS
  kith load --table bronze.stores stores.xlsx`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fault.New(fault.Usage, "no file to load is named").WithHint("see `%s --help`", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := l.read(args, g.env.exists); err != nil {
				return err
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			if l.dryRun {
				plans, err := s.LoadPlan(cmd.Context(), l.request)
				if err == nil {
					err = writePlans(cmd.OutOrStdout(), plans)
				}
				return s.end(err)
			}
			return s.end(l.run(cmd, s))
		},
	}
	l.register(cmd.Flags())
	cmd.AddCommand(newLoadSources(g))
	return cmd
}

func (l *loading) register(fs *pflag.FlagSet) {
	r := &l.request
	fs.StringVar(&r.Source, "preset", "", "the source, as SOURCE; "+load.AsIs+" takes the columns as they are")
	fs.StringVar(&l.mapping, "mapping", "", "a YAML file that maps the columns")
	fs.StringArrayVar(&l.columns, "column", nil, "read a column from another one of the file: TO=NAME; TO= leaves it out")
	fs.StringArrayVar(&l.set, "set", nil, "give a column one value in all rows: TO=VALUE")
	fs.StringVar(&r.Table, "table", "", "the table to load into (default: the source's, or the file's name)")
	fs.BoolVar(&r.Again, "again", false, "load content that was loaded before once more")
	fs.BoolVar(&l.dryRun, "dry-run", false, "show how the files would be read, and load nothing")
	fs.StringVar(&r.Format, "format", "", "csv, jsonl, parquet or xlsx (default: by name and content)")
	fs.StringVar(&l.delimiter, "delimiter", "", "what parts the columns of CSV, such as ';' or tab (default: detected)")
	fs.StringVar(&r.Encoding, "encoding", "", "utf-8, utf-16le, utf-16be, latin1 or windows-1252 (default: UTF-8 or what the file says)")
	fs.StringVar(&r.Dates, "dates", "", "dmy or mdy: which comes first in 1/2/2024 (default: detected)")
	fs.StringVar(&l.decimal, "decimal", "", "the decimal separator, '.' or ',' (default: detected)")
	fs.BoolVar(&r.NoHeader, "no-header", false, "the first row of a CSV is data")
	fs.StringVar(&r.Sheet, "sheet", "", "the sheet of an XLSX (default: the first)")
}

// read takes the arguments and the flags that need it.
func (l *loading) read(args []string, exists func(path string) bool) (err error) {
	source, paths, err := load.SplitArguments(args, exists)
	if err != nil {
		return err
	}
	l.request.Paths = paths
	if source != "" {
		if l.request.Source != "" {
			return fault.New(fault.Usage, "the source %s does not go with --preset", source).WithHint("give one of them")
		}
		l.request.Source = source
	}
	if l.mapping != "" {
		if l.request.Source != "" {
			return fault.New(fault.Usage, "a source or --preset does not go with --mapping").WithHint("give one of them")
		}
		if l.request.Mapping, err = load.ReadMapping(l.near(l.mapping)); err != nil {
			return err
		}
	}
	if l.request.From, err = pairs("column", l.columns); err != nil {
		return err
	}
	if l.request.Set, err = pairs("set", l.set); err != nil {
		return err
	}
	if l.request.Delimiter, err = oneByte("delimiter", l.delimiter); err != nil {
		return err
	}
	if l.request.Decimal, err = oneByte("decimal", l.decimal); err != nil {
		return err
	}
	if d := l.request.Decimal; d != 0 && d != '.' && d != ',' {
		return fault.New(fault.Usage, "--decimal is %q", l.decimal).WithHint("give '.' or ','")
	}
	return nil
}

// pairs reads the values of a flag that are NAME=VALUE.
func pairs(flag string, values []string) (map[string]string, error) {
	out := map[string]string{}
	for _, v := range values {
		name, value, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, fault.New(fault.Usage, "--%s is %q", flag, v).WithHint("give COLUMN=VALUE")
		}
		if _, twice := out[name]; twice {
			return nil, fault.New(fault.Usage, "--%s names the column %s twice", flag, name).WithHint("keep one of them")
		}
		out[name] = value
	}
	return out, nil
}

// oneByte reads a flag of one character; tab may be written out.
func oneByte(flag, value string) (byte, error) {
	switch {
	case value == "":
		return 0, nil
	case value == `\t` || strings.EqualFold(value, "tab"):
		return '\t', nil
	case len(value) == 1 && value[0] < utf8.RuneSelf:
		return value[0], nil
	}
	return 0, fault.New(fault.Usage, "--%s is %q", flag, value).WithHint("give one ASCII character")
}

func (l *loading) run(cmd *cobra.Command, s *session) error {
	out := cmd.OutOrStdout()
	bar := &loadBar{s: s}
	sum, err := s.Load(cmd.Context(), l.request, bar)
	bar.done()
	if s.g.quiet {
		return err
	}
	if writeErr := writeLoaded(out, sum, s.g); err == nil {
		err = writeErr
	}
	return err
}

// loadBar shows how far a load is.
type loadBar struct {
	s    *session
	path string
	bar  *terminal.Progress
}

// File is told of progress by the load.
func (b *loadBar) File(path string, done, total, _, _ int64) {
	if b.s.g.quiet {
		return
	}
	if path != b.path {
		b.done()
		b.path = path
		b.bar = terminal.NewProgress(b.s.terminal, path, total, terminal.Bytes, b.s.g.env.Now)
	}
	b.bar.SetTotal(total)
	b.bar.Set(done)
}

func (b *loadBar) done() {
	if b.bar != nil {
		b.bar.Done()
		b.bar = nil
	}
}

// writeLoaded tells what became of each file, and where to look next.
func writeLoaded(w io.Writer, sum load.Summary, g *global) error {
	var b strings.Builder
	for _, f := range sum.Files {
		if f.Skipped != "" {
			fmt.Fprintf(&b, "%s: nothing added to %s, %s\n", f.Path, f.Table, f.Skipped)
			continue
		}
		fmt.Fprintf(&b, "%s: %s rows into %s", f.Path, count(f.Rows), f.Table)
		if f.Rejected > 0 {
			fmt.Fprintf(&b, ", %s rejected", count(f.Rejected))
		}
		fmt.Fprintf(&b, " (%.1fs)\n", f.Duration.Seconds())
		writeGaps(&b, f.Missing, f.Ignored, f.Notes)
	}
	loaded, rejected, skipped := sum.Totals()
	if len(sum.Files) > 1 {
		fmt.Fprintf(&b, "%d files: %s rows loaded, %s rejected, %d skipped\n", len(sum.Files), count(loaded), count(rejected), skipped)
	}
	at := ""
	if g.projectDir != "" {
		at = " --project-dir " + shellWord(g.projectDir)
	}
	if rejected > 0 {
		fmt.Fprintf(&b, "Look at what was rejected: kith query \"select * from bronze.rejects\"%s\n", at)
	}
	if skipped > 0 {
		b.WriteString("Load the same content once more with --again.\n")
	}
	if loaded > 0 {
		fmt.Fprintf(&b, "Next: kith build%s\n", at)
	}
	return written(io.WriteString(w, b.String()))
}

// writeGaps tells what a file has not, and what of it is not loaded.
func writeGaps(b *strings.Builder, missing, ignored, notes []string) {
	if len(missing) > 0 {
		fmt.Fprintf(b, "  not in the file, stay empty: %s\n", strings.Join(missing, ", "))
	}
	if len(ignored) > 0 {
		fmt.Fprintf(b, "  not loaded: %s\n", strings.Join(ignored, ", "))
	}
	for _, note := range notes {
		fmt.Fprintf(b, "  %s\n", note)
	}
}

func count(n int64) string { return terminal.Group(strconv.FormatInt(n, 10)) }

func written(_ int, err error) error {
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the output cannot be written")
	}
	return nil
}
