package control

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs the migrations that the file has not had, each in a transaction. The
// file counts them in user_version.
func (s *Store) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fault.Wrap(err, fault.Internal, "the migrations cannot be listed")
	}
	slices.Sort(names)
	var done int
	if err := s.db.QueryRowContext(ctx, "pragma user_version").Scan(&done); err != nil {
		return err
	}
	if done > len(names) {
		return fault.New(fault.Invalid, "the server's state was written by a newer Kith").WithHint("update Kith")
	}
	for i, name := range names[done:] {
		if err := s.step(ctx, name, done+i+1); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) step(ctx context.Context, name string, number int) (err error) {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "the migration %s cannot be read", name)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("pragma user_version = %d", number)); err != nil {
		return err
	}
	return tx.Commit()
}
