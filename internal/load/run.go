package load

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Run loads the files of a request, one after the other, each in a transaction of
// its own. All are planned before the first is loaded, so that a file without a
// required column stops the request while nothing is written. The error of a file
// ends the run; the summary then has the files before it.
//
// Errors are of code Usage and NotFound for paths and names, Invalid for what is in
// the files, Disk and Database for what the warehouse says, and Cancelled.
func Run(ctx context.Context, lane Lane, r Request, progress Progress) (sum Summary, err error) {
	if progress == nil {
		progress = noProgress{}
	}
	plans, err := Plan(ctx, r)
	if err != nil {
		return sum, err
	}
	s, err := lane.Session(ctx)
	if err != nil {
		return sum, fmt.Errorf("load: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for i := range plans {
		l := loader{ctx: ctx, session: s, request: r, plan: &plans[i], progress: progress}
		file, err := l.run() //nolint:contextcheck // undoing goes on after a cancel
		if err != nil {
			return sum, err
		}
		sum.Files = append(sum.Files, file)
	}
	return sum, nil
}

// loader loads one file.
type loader struct {
	ctx      context.Context //nolint:containedctx // a loader lives for one call
	session  warehouse.Session
	request  Request
	plan     *FilePlan
	progress Progress

	table    []tableColumn
	mark     stamp
	appender warehouse.Appender
	rejects  []reject
	rejected int64
	rows     int64
}

func (l *loader) run() (out FileSummary, err error) {
	started := l.request.now()
	out = FileSummary{Path: l.plan.Path, Source: l.plan.Source, Table: l.plan.Table, Ignored: l.plan.Ignored, Notes: l.plan.Notes}
	for i := range l.plan.Columns {
		if c := &l.plan.Columns[i]; c.Missing() {
			out.Missing = append(out.Missing, c.To)
		}
	}
	if err := l.session.Begin(l.ctx); err != nil {
		return out, fmt.Errorf("load %s: %w", l.plan.Path, err)
	}
	defer func() {
		if err != nil || out.Skipped != "" {
			err = errors.Join(err, l.abort())
		}
	}()
	if l.table, err = prepareTables(l.ctx, l.session, l.plan); err != nil {
		return out, err
	}
	if out.Skipped, err = l.known(); err != nil || out.Skipped != "" {
		out.Duration = l.request.now().Sub(started)
		return out, err
	}
	if err = l.plan.retypeUnlessParquet(l.table); err != nil {
		return out, err
	}
	l.mark = stamp{file: l.plan.name, loadedAt: started.UnixMicro()}
	if l.mark.load, err = one(l.ctx, l.session, "SELECT coalesce(max(load_id), 0) + 1 FROM bronze.loads"); err != nil {
		return out, err
	}
	hash, err := l.load(&out)
	if err != nil {
		return out, err
	}
	if out.Skipped, err = l.loadedBefore(hash); err != nil || out.Skipped != "" {
		out.Duration = l.request.now().Sub(started)
		return out, err
	}
	finished := l.request.now()
	if _, err = l.session.Exec(l.ctx, "INSERT INTO bronze.loads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", l.mark.load, l.plan.Source,
		l.plan.Table, l.plan.name, hash, out.Bytes, l.rows, l.rejected, started, finished); err != nil {
		return out, fmt.Errorf("record the load of %s: %w", l.plan.Path, err)
	}
	if err = l.session.Commit(l.ctx); err != nil {
		return out, fmt.Errorf("load %s: %w", l.plan.Path, err)
	}
	out.LoadID, out.Rows, out.Rejected, out.Duration = l.mark.load, l.rows, l.rejected, finished.Sub(started)
	return out, nil
}

// abort undoes all of the file, also when the context is cancelled.
func (l *loader) abort() error {
	if l.appender != nil {
		if err := l.appender.Abort(); err != nil {
			return fmt.Errorf("undo: %w", err)
		}
	}
	if err := l.session.Rollback(context.WithoutCancel(l.ctx)); err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	return nil
}

// known hashes the file first where a load of the same size makes it likely that
// the content is known.
func (l *loader) known() (string, error) {
	if l.request.Again {
		return "", nil
	}
	likely, err := l.likely()
	if err != nil || !likely {
		return "", err
	}
	compression := l.plan.Compression
	if l.plan.Format == formatXLSX || l.plan.Format == formatParquet {
		compression = ""
	}
	hash, _, err := contentHash(l.ctx, l.plan.Path, compression)
	if err != nil {
		return "", err
	}
	return l.loadedBefore(hash)
}

// likely says whether a load of the same table had as many bytes as this file: the
// size on disk, or what the last four bytes of a gz say.
func (l *loader) likely() (bool, error) {
	const wrap = 1 << 32
	size, exact, err := plainSize(l.plan.Path, l.plan.Compression)
	if err != nil {
		return false, err
	}
	sql := "SELECT count(*) FROM bronze.loads WHERE table_name = ? AND bytes % ? = ? % ?"
	if !exact {
		sql = "SELECT count(*) FROM bronze.loads WHERE table_name = ? AND ? > 0 AND ? >= 0 AND ? > 0"
	}
	n, err := one(l.ctx, l.session, sql, l.plan.Table, int64(wrap), size, int64(wrap))
	return n > 0, err
}

func (l *loader) loadedBefore(hash string) (string, error) {
	if l.request.Again {
		return "", nil
	}
	id, at, found, err := earlier(l.ctx, l.session, l.plan.Table, hash)
	if err != nil || !found {
		return "", err
	}
	return fmt.Sprintf("%s: load %d of %s brought the same content", AlreadyLoaded, id, at), nil
}

// load writes rows and rejects and gives the content's hash.
func (l *loader) load(out *FileSummary) (string, error) {
	if l.plan.Format == formatParquet && !l.plan.texts {
		return l.loadParquet(out)
	}
	return l.stream(out)
}

func (p *FilePlan) retypeUnlessParquet(table []tableColumn) error {
	if p.Format == formatParquet && !p.texts {
		for i := range p.Columns {
			for _, h := range table {
				if strings.EqualFold(h.name, p.Columns[i].To) {
					p.Columns[i].Type = h.sqlType
				}
			}
		}
		return nil
	}
	return p.retype(table)
}

// at puts the file and the line that was reached on an error of reading.
func (l *loader) at(line int64, err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return fault.New(fault.Invalid, "the file is truncated or damaged behind this line (%v)", err).
		At(l.plan.Path, int(line)).WithHint("fetch it again; nothing of it was loaded")
}
