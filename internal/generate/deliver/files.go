package deliver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate/world"
)

// Files writes the world of a request, or with More the days after it, as Parquet:
// DIR/bronze/TABLE.parquet with the tables' own columns, to be loaded, and
// DIR/truth/TABLE.parquet. The lane is that of a scratch warehouse without a world.
// dir must be there; after an error some files may be in it.
func Files(ctx context.Context, lane Lane, r Request, dir string) (sum Summary, err error) {
	r.apart = true
	if sum, err = Run(ctx, lane, r); err != nil {
		return sum, err
	}
	s, err := session(ctx, lane)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for _, t := range append(world.Tables(), world.SalesLog()) {
		folder := filepath.Join(dir, t.Schema)
		if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // data files are for their readers
			return sum, fault.Wrap(err, fault.Disk, "create %s", folder)
		}
		names := make([]string, 0, len(t.Columns))
		for _, c := range t.Columns {
			names = append(names, c.Name)
		}
		path := filepath.Join(folder, t.Name+".parquet")
		sql := "COPY (SELECT " + strings.Join(names, ", ") + " FROM " + quoted(t.Schema, t.Name) + ") TO '" +
			strings.ReplaceAll(path, "'", "''") + "' (FORMAT parquet)"
		if _, err := s.Exec(ctx, sql); err != nil {
			return sum, fmt.Errorf("generate: %w", err)
		}
	}
	sum.Duration = r.now().Sub(sum.started)
	return sum, nil
}
