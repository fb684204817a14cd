package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/terminal"
)

// generating are the flags of generate.
type generating struct {
	scale                   string
	customers, transactions int
	seed                    uint64
	until                   string
	days, more              int
	dirty, late, duplicates float64
	replace                 bool
	out                     string
}

func newGenerate(g *global) *cobra.Command {
	o := &generating{}
	cmd := &cobra.Command{
		Use: "generate", Short: "Fill the warehouse with synthetic customers and all they do", GroupID: groupData, Args: noArgs,
		Long: `Make synthetic data for all sources: customers who buy, answer surveys, collect points, read messages
and leave, by a stated process whose truth is kept in the schema truth, which no model reads.

The same seed gives the same data. Rows go into the bronze tables, in one transaction, and every row
says in _file that it is synthetic. The same data twice adds nothing.`,
		Example: `  kith generate --scale small
  kith generate --customers 500 --transactions 20000 --seed 7
  kith generate --more 1
  kith generate --out made --scale medium`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := o.request(cmd.Flags())
			if err != nil {
				return err
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			return s.end(o.run(cmd, s, r))
		},
	}
	o.register(cmd.Flags())
	return cmd
}

func (o *generating) register(fs *pflag.FlagSet) {
	names := make([]string, 0, len(world.Scales()))
	for _, s := range world.Scales() {
		names = append(names, fmt.Sprintf("%s (%s customers, %s transactions)", s.Name, count(int64(s.Customers)), count(int64(s.Transactions))))
	}
	fs.StringVar(&o.scale, "scale", world.DefaultScale, "how much: "+strings.Join(names, ", "))
	fs.IntVar(&o.customers, "customers", 0, "customers in place of the scale's")
	fs.IntVar(&o.transactions, "transactions", 0, "transactions in place of the scale's, about")
	fs.Uint64Var(&o.seed, "seed", world.DefaultSeed, "the number that the data is drawn from: the same gives the same")
	fs.StringVar(&o.until, "until", world.DefaultUntil().Format(time.DateOnly), "the last day")
	fs.IntVar(&o.days, "days", world.DefaultDays, "how many days in all")
	fs.Float64Var(&o.dirty, "dirty", world.DefaultDirty, "share of transactions that are dirty: no customer, no amount, odd words, wrong times")
	fs.Float64Var(&o.late, "late", world.DefaultLate, "share of transactions that come days after they happened")
	fs.Float64Var(&o.duplicates, "duplicates", world.DefaultDuplicates, "share of transactions that come twice")
	fs.IntVar(&o.more, "more", 0, "add so many days to the data that is there, as a load of its own")
	fs.StringVar(&o.out, "out", "", "a folder to write Parquet files to, in place of the warehouse; with --more, of the days after those")
	fs.BoolVar(&o.replace, "replace", false, "put this data in the place of other synthetic data")
}

// request reads the flags.
func (o *generating) request(fs *pflag.FlagSet) (deliver.Request, error) {
	r := deliver.Request{More: o.more, Replace: o.replace}
	if fs.Changed("more") {
		if o.more < 1 {
			return r, fault.New(fault.Usage, "--more is %d", o.more).WithHint("give the number of days to add, 1 or more")
		}
	}
	if fs.Changed("more") && o.out == "" {
		for _, name := range []string{"scale", "customers", "transactions", "seed", "until", "days", "dirty", "late", "duplicates", "replace"} {
			if fs.Changed(name) {
				return r, fault.New(fault.Usage, "--more does not go with --%s: it goes on with the data that is there", name).
					WithHint("give --more alone")
			}
		}
		return r, nil
	}
	cfg, err := world.NewConfig(o.scale)
	if err != nil {
		return r, err
	}
	until, err := time.Parse(time.DateOnly, o.until)
	if err != nil {
		return r, fault.New(fault.Usage, "--until is %q", o.until).WithHint("give a day such as 2025-12-09")
	}
	if fs.Changed("customers") {
		cfg.Customers, cfg.Scale = o.customers, world.Custom
	}
	if fs.Changed("transactions") {
		cfg.Transactions, cfg.Scale = o.transactions, world.Custom
	}
	cfg.Seed, cfg.Days, cfg.Dirty, cfg.Late, cfg.Duplicates = o.seed, o.days, o.dirty, o.late, o.duplicates
	cfg.Start = until.AddDate(0, 0, 1-o.days)
	r.Config = cfg
	return r, cfg.Validate()
}

func (o *generating) run(cmd *cobra.Command, s *session, r deliver.Request) error {
	bar := &rateBar{s: s}
	r.Progress = bar.rows
	var sum deliver.Summary
	var err error
	if o.out != "" {
		sum, err = s.GenerateFiles(cmd.Context(), r, o.out)
	} else {
		sum, err = s.Generate(cmd.Context(), r)
	}
	bar.done()
	if err != nil || s.g.quiet {
		return err
	}
	return writeGenerated(cmd.OutOrStdout(), sum, s.g, o.out)
}

// rateBar shows how many rows there are, and how fast they come.
type rateBar struct {
	mu    sync.Mutex
	s     *session
	bar   *terminal.Progress
	start time.Time
}

func (b *rateBar) rows(done, total int64) {
	if b.s.g.quiet {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.s.g.env.Now()
	if b.bar == nil {
		b.start = now
		b.bar = terminal.NewProgress(b.s.terminal, "generating", total, terminal.Count, b.s.g.env.Now)
	}
	b.bar.SetTotal(total)
	b.bar.Set(done)
	if took := now.Sub(b.start).Seconds(); took > 1 {
		b.bar.SetLabel("generating, " + count(int64(float64(done)/took)) + " rows/s")
	}
}

func (b *rateBar) done() {
	if b.bar != nil {
		b.bar.Done()
	}
}

// writeGenerated tells what is there now, and what to do next.
func writeGenerated(w io.Writer, sum deliver.Summary, g *global, out string) error {
	var b strings.Builder
	if sum.Skipped != "" {
		fmt.Fprintf(&b, "Nothing added: %s\n", sum.Skipped)
		return written(io.WriteString(w, b.String()))
	}
	for _, t := range sum.Tables {
		if t.Rows > 0 {
			where := t.Table
			if out != "" {
				where = filepath.Join(out, strings.ReplaceAll(t.Table, ".", string(filepath.Separator))+".parquet")
			}
			fmt.Fprintf(&b, "%12s rows into %s\n", count(t.Rows), where)
		}
	}
	seconds := sum.Duration.Seconds()
	fmt.Fprintf(&b, "%s, %s to %s: %s rows in %.1fs, %s rows/s\n", sum.Mark, sum.From.Format("2 January 2006"), sum.To.Format("2 January 2006"),
		count(sum.Rows()), seconds, count(int64(float64(sum.Rows())/max(seconds, 0.001))))
	at := ""
	if g.projectDir != "" {
		at = " --project-dir " + shellWord(g.projectDir)
	}
	next := "build"
	if out != "" {
		next = "load " + shellWord(filepath.Join(out, world.Bronze))
	}
	fmt.Fprintf(&b, "Next: kith %s%s\n", next, at)
	return written(io.WriteString(w, b.String()))
}
