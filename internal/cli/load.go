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
	delimiter, decimal string
	dryRun             bool
}

func newLoad(g *global) *cobra.Command {
	l := &loading{}
	cmd := &cobra.Command{
		Use: "load FILE...", Short: "Load files into the warehouse: CSV, JSON lines, Parquet, XLSX", GroupID: groupData,
		Long: `Load files, folders and globs into the bronze tables of the warehouse. Files may be compressed (gz, zst).

Columns are mapped by --preset, by a --mapping file, or by their names. Every row ends in its table
or, with file, line, column, value and reason, in bronze.rejects. A file whose content was loaded
before adds nothing unless --again is given.`,
		Example: `  kith load --preset online-retail online_retail.csv.gz
  kith load --table bronze.stores stores.xlsx --dry-run`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fault.New(fault.Usage, "no file to load is named").WithHint("see `%s --help`", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			l.request.Paths = args
			if err := l.read(); err != nil {
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
	return cmd
}

func (l *loading) register(fs *pflag.FlagSet) {
	r := &l.request
	fs.StringVar(&r.Source, "preset", "", "how to map the columns: "+presetNames())
	fs.StringVar(&l.mapping, "mapping", "", "a YAML file that maps the columns")
	fs.StringVar(&r.Table, "table", "", "the table to load into (default: the preset's, or the file's name)")
	fs.BoolVar(&r.Again, "again", false, "load content that was loaded before once more")
	fs.BoolVar(&l.dryRun, "dry-run", false, "show how the files would be read, and load nothing")
	fs.StringVar(&r.Format, "format", "", "csv, jsonl, parquet or xlsx (default: by name and content)")
	fs.StringVar(&l.delimiter, "delimiter", "", "what parts the columns of CSV, such as ';' or tab (default: detected)")
	fs.StringVar(&r.Encoding, "encoding", "", "utf-8, utf-16le, utf-16be, latin1 or windows-1252 (default: UTF-8 or what the file says)")
	fs.StringVar(&l.decimal, "decimal", "", "the decimal separator, '.' or ',' (default: detected)")
	fs.BoolVar(&r.NoHeader, "no-header", false, "the first row of a CSV is data")
	fs.StringVar(&r.Sheet, "sheet", "", "the sheet of an XLSX (default: the first)")
}

// presetNames lists the presets for the help.
func presetNames() string {
	presets, err := load.Presets()
	if err != nil {
		return "see the documentation"
	}
	names := make([]string, 0, len(presets))
	for _, p := range presets {
		names = append(names, p.Source)
	}
	return strings.Join(names, ", ")
}

// read checks the flags that need it.
func (l *loading) read() (err error) {
	if l.mapping != "" {
		if l.request.Source != "" {
			return fault.New(fault.Usage, "--preset does not go with --mapping").WithHint("give one of them")
		}
		if l.request.Mapping, err = load.ReadMapping(l.mapping); err != nil {
			return err
		}
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

func count(n int64) string { return terminal.Group(strconv.FormatInt(n, 10)) }

func written(_ int, err error) error {
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the output cannot be written")
	}
	return nil
}
