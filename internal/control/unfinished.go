package control

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Plan keeps which nodes a run is about to make, before it changes anything: until
// they are made they are unfinished.
func (s *Store) Plan(ctx context.Context, runID string, ids []string) error {
	var errs []error
	for part := range slices.Chunk(ids, 400) {
		args := make([]any, 0, 2*len(part))
		for _, id := range part {
			args = append(args, id, runID)
		}
		err := s.exec(ctx, "insert or ignore into unfinished (node_id, run_id) values (?, ?)"+strings.Repeat(", (?, ?)", len(part)-1), args...)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Unplan forgets what a run planned, when it made nothing.
func (s *Store) Unplan(ctx context.Context, runID string) error {
	err := s.exec(ctx, "delete from unfinished where run_id = ?", runID)
	return err
}

// SetUnfinished keeps which models have failed or been skipped since they last went
// well: added are new, ended went well.
func (s *Store) SetUnfinished(ctx context.Context, runID string, added, ended []string) error {
	var errs []error
	for part := range slices.Chunk(ended, 500) {
		err := s.exec(ctx, "delete from unfinished where node_id in (?"+strings.Repeat(", ?", len(part)-1)+")", anys(part)...)
		errs = append(errs, err)
	}
	for _, id := range added {
		err := s.exec(ctx, "insert or replace into unfinished (node_id, run_id) values (?, ?)", id, runID)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Unfinished gives the models that have failed or been skipped since they last went well.
func (s *Store) Unfinished(ctx context.Context) (out []string, err error) {
	rows, err := s.db.QueryContext(ctx, "select node_id from unfinished order by node_id")
	if err != nil {
		return nil, failed(err)
	}
	defer func() { err = errors.Join(err, failed(rows.Close())) }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, failed(err)
		}
		out = append(out, id)
	}
	return out, failed(rows.Err())
}

// NextVersion counts data versions up, from 1.
func (s *Store) NextVersion(ctx context.Context) (n int64, err error) {
	err = s.db.QueryRowContext(ctx, `insert into meta (key, value) values ('data_version', '1')
		on conflict (key) do update set value = cast(cast(value as integer) + 1 as text) returning cast(value as integer)`).Scan(&n)
	return n, failed(err)
}
