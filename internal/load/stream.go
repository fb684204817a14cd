package load

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

const (
	batchesAhead = 4
	// rejectsAtOnce is how many rejects are kept before they are written.
	rejectsAtOnce = 10_000
	// progressEvery is how many batches pass between two reports.
	progressEvery = 16
)

// stream parses on one goroutine while this one writes.
func (l *loader) stream(out *FileSummary) (string, error) {
	in, err := l.open()
	if err != nil {
		return "", err
	}
	hash, err := l.pump(in)
	if err = errors.Join(err, in.close()); err != nil {
		return "", err
	}
	out.Bytes = in.size()
	if hash != nil {
		return hash()
	}
	return "", nil
}

// opened is a file that is being read.
type opened struct {
	rows  rowReader
	epoch int64
	done  func() (bytes, total int64)
	hash  func() (string, error) // behind the last row
	size  func() int64
	close func() error
}

func (l *loader) open() (*opened, error) {
	p := l.plan
	switch p.Format {
	case formatXLSX:
		return l.openWorkbook()
	case formatParquet:
		return l.openParquet()
	default:
		c, err := openContent(p.Path, p.Compression)
		if err != nil {
			return nil, err
		}
		return &opened{
			rows: p.rows(decoded(c, p.Encoding)), epoch: epoch1900, close: c.Close,
			done: func() (int64, int64) { return c.done.Load(), c.size },
			hash: func() (string, error) { return c.hash(), nil },
			size: func() int64 { return c.plain },
		}, nil
	}
}

func (l *loader) openWorkbook() (*opened, error) {
	p := l.plan
	w, err := openWorkbook(p.Path, p.Sheet)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(p.Path)
	if err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Disk, "%s cannot be read", p.Path), w.Close())
	}
	return &opened{
		rows: w, epoch: w.epoch, close: w.Close,
		done: func() (int64, int64) { return min(w.done.Load(), info.Size()), info.Size() },
		hash: func() (string, error) {
			sum, _, err := contentHash(l.ctx, p.Path, "")
			return sum, err
		},
		size: info.Size,
	}, nil
}

func (l *loader) pump(in *opened) (hash func() (string, error), err error) {
	group, ctx := errgroup.WithContext(l.ctx)
	full := make(chan *parsed, batchesAhead)
	free := make(chan *parsed, batchesAhead+2)
	for range cap(free) {
		free <- &parsed{}
	}
	b := newBuilder(l.plan, l.table, l.mark, in.epoch)
	group.Go(func() error {
		defer close(full)
		return l.parse(ctx, in.rows, b, full, free)
	})
	group.Go(func() error { return l.write(ctx, in, full, free) })
	if err := group.Wait(); err != nil {
		return nil, l.cause(err)
	}
	if err := l.finish(); err != nil {
		return nil, err
	}
	_, total := in.done()
	l.progress.File(l.plan.Path, total, total, l.rows, l.rejected)
	return in.hash, nil
}

func (l *loader) cause(err error) error {
	if l.ctx.Err() != nil {
		return stopped(l.ctx)
	}
	return err
}

// parse fills batches until the end of the file.
func (l *loader) parse(ctx context.Context, rows rowReader, b *builder, full chan<- *parsed, free <-chan *parsed) error {
	var rec record
	header := l.plan.Header
	for {
		var out *parsed
		select {
		case out = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		b.start(out)
		var err error
		for out.batch.Len < warehouse.BatchRows && len(out.rejects) < warehouse.BatchRows {
			if err = rows.next(&rec); err != nil {
				break
			}
			if header {
				header = false
				continue
			}
			b.add(out, &rec)
		}
		select {
		case full <- out:
		case <-ctx.Done():
			return ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return l.at(max(rec.line, 1), err)
		}
	}
}

// write appends the batches.
func (l *loader) write(ctx context.Context, in *opened, full <-chan *parsed, free chan<- *parsed) error {
	schema, table, _ := strings.Cut(l.plan.Table, ".")
	batches := 0
	for {
		var out *parsed
		var ok bool
		select {
		case out, ok = <-full:
		case <-ctx.Done():
			return ctx.Err()
		}
		if !ok {
			return nil
		}
		if l.appender == nil {
			a, err := l.session.Append(l.ctx, schema, table) //nolint:contextcheck // ctx ends with the group, and the writer does not
			if err != nil {
				return fmt.Errorf("write %s: %w", l.plan.Table, err)
			}
			l.appender = a
		}
		if out.batch.Len > 0 {
			if err := warehouse.AppendBatch(l.appender, &out.batch); err != nil {
				return fmt.Errorf("write %s: %w", l.plan.Table, err)
			}
		}
		l.rows += int64(out.batch.Len)
		l.rejected += int64(len(out.rejects))
		l.rejects = append(l.rejects, out.rejects...)
		free <- out
		if len(l.rejects) >= rejectsAtOnce {
			if err := l.finish(); err != nil {
				return err
			}
		}
		if batches++; batches%progressEvery == 0 {
			done, total := in.done()
			l.progress.File(l.plan.Path, done, total, l.rows, l.rejected)
		}
	}
}

// finish writes what the appender holds, and the rejects so far.
func (l *loader) finish() error {
	if a := l.appender; a != nil {
		l.appender = nil
		if err := a.Close(); err != nil {
			return fmt.Errorf("write %s: %w", l.plan.Table, err)
		}
	}
	if len(l.rejects) == 0 {
		return nil
	}
	a, err := l.session.Append(l.ctx, bronze, "rejects")
	if err != nil {
		return fmt.Errorf("write bronze.rejects: %w", err)
	}
	l.appender = a
	at := time.UnixMicro(l.mark.loadedAt).UTC()
	for _, r := range l.rejects {
		var column any
		if r.column != "" {
			column = r.column
		}
		if err := a.Append(l.plan.Source, l.mark.file, r.line, column, r.value, r.reason, l.mark.load, at); err != nil {
			return fmt.Errorf("write bronze.rejects: %w", err)
		}
	}
	l.appender, l.rejects = nil, l.rejects[:0]
	if err := a.Close(); err != nil {
		return fmt.Errorf("write bronze.rejects: %w", err)
	}
	return nil
}

// plainSize gives the size of the decompressed content where that is known without
// reading it: modulo 2^32 for a gz, whose last four bytes hold it.
func plainSize(path, compression string) (size int64, exact bool, err error) {
	file, err := openFile(path)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return 0, false, fault.Wrap(err, fault.Disk, "%s cannot be read", path)
	}
	switch compression {
	case "":
		return info.Size(), true, nil
	case "gz":
		var tail [4]byte
		if _, err := file.ReadAt(tail[:], info.Size()-int64(len(tail))); err != nil {
			return 0, false, damaged(path, err)
		}
		return int64(binary.LittleEndian.Uint32(tail[:])), true, nil
	default:
		return 0, false, nil
	}
}
