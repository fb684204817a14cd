package control

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// RunStatus says how a run ended, or that it has not.
type RunStatus string

// The states of a run. Interrupted is one whose server ended before it.
const (
	Running     RunStatus = "running"
	Success     RunStatus = "success"
	Failed      RunStatus = "failed"
	Cancelled   RunStatus = "cancelled"
	Interrupted RunStatus = "interrupted"
)

// Run is one command that worked on the project's nodes, or loaded data.
type Run struct {
	ID        string
	Command   string
	Arguments string
	StartedBy string
	Status    RunStatus
	Started   time.Time
	Ended     *time.Time
	// Total is how many nodes there are to do, Done how many have their result.
	Total, Done int
	Message     string
	// Version is the data version that the run published; "" for none.
	Version string
}

// Node is what became of one node in a run.
type Node struct {
	ID, Name, Type string
	// Status is dbt's: success, error, skipped, pass, fail, warn, no-op.
	Status   string
	Message  string
	Failures int
	Started  *time.Time
	Ended    *time.Time
	Seconds  float64
}

// BeginRun keeps that a run begins. A run that is known begins anew.
func (s *Store) BeginRun(ctx context.Context, r Run) error {
	err := s.exec(ctx, `insert or replace into runs (id, command, arguments, started_by, status, started_at, total)
		values (?, ?, ?, ?, ?, ?, ?)`, r.ID, r.Command, r.Arguments, r.StartedBy, Running, millis(r.Started), r.Total)
	return err
}

// AddNodes keeps results of a run, and how many it has by now.
func (s *Store) AddNodes(ctx context.Context, runID string, nodes []Node, done int) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return failed(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(failed(err), tx.Rollback())
		}
	}()
	for _, n := range nodes {
		if _, err := tx.ExecContext(ctx, `insert or replace into run_nodes
			(run_id, node_id, name, type, status, message, failures, started_at, ended_at, seconds) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			runID, n.ID, n.Name, n.Type, n.Status, n.Message, n.Failures, nullable(n.Started), nullable(n.Ended), n.Seconds); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "update runs set done = ? where id = ?", done, runID); err != nil {
		return err
	}
	return tx.Commit()
}

// NodeMessage keeps what went wrong with a node.
func (s *Store) NodeMessage(ctx context.Context, runID, nodeID, message string) error {
	err := s.exec(ctx, "update run_nodes set message = ? where run_id = ? and node_id = ?", message, runID, nodeID)
	return err
}

// EndRun keeps how a run ended.
func (s *Store) EndRun(ctx context.Context, r Run) error {
	err := s.exec(ctx, "update runs set status = ?, ended_at = ?, message = ?, data_version = ?, total = max(total, done) where id = ?",
		r.Status, nullable(r.Ended), r.Message, r.Version, r.ID)
	return err
}

// InterruptRuns marks the runs that an earlier server left without an end, and gives them.
func (s *Store) InterruptRuns(ctx context.Context) ([]Run, error) {
	left, err := s.runs(ctx, "where status = ?", Running)
	if err != nil || len(left) == 0 {
		return nil, err
	}
	err = s.exec(ctx, "update runs set status = ?, ended_at = ?, message = ? where status = ?",
		Interrupted, millis(s.now()), "the server ended before the run did", Running)
	return left, err
}

// HasRun says whether a run is known.
func (s *Store) HasRun(ctx context.Context, id string) (bool, error) {
	found, err := s.runs(ctx, "where id = ?", id)
	return len(found) > 0, err
}

// Run gives a run and its nodes, those with trouble first.
func (s *Store) Run(ctx context.Context, id string) (Run, []Node, error) {
	found, err := s.runs(ctx, "where id = ?", id)
	if err != nil {
		return Run{}, nil, err
	}
	if len(found) == 0 {
		return Run{}, nil, fault.New(fault.NotFound, "there is no run %q", id)
	}
	nodes, err := s.nodes(ctx, `select node_id, name, type, status, message, failures, started_at, ended_at, seconds from run_nodes
		where run_id = ? order by case status when 'error' then 0 when 'fail' then 1 when 'skipped' then 2 when 'warn' then 3 else 4 end, ended_at, node_id`, id)
	return found[0], nodes, err
}

// Runs gives runs, the newest first, that began before another one; before is a
// run's id, "" for the newest.
func (s *Store) Runs(ctx context.Context, before string, limit int) ([]Run, error) {
	if before == "" {
		return s.runs(ctx, "order by started_at desc, id desc limit ?", limit)
	}
	return s.runs(ctx, `where (started_at, id) < (select started_at, id from runs where id = ?)
		order by started_at desc, id desc limit ?`, before, limit)
}

// Results gives the last result of each node that has one, by id.
func (s *Store) Results(ctx context.Context) (map[string]Node, error) {
	nodes, err := s.nodes(ctx, `select node_id, name, type, status, message, failures, started_at, ended_at, seconds from (
		select *, row_number() over (partition by node_id order by ended_at desc nulls last, rowid desc) as nth
		from run_nodes where status <> 'skipped') where nth = 1`)
	out := make(map[string]Node, len(nodes))
	for _, n := range nodes {
		out[n.ID] = n
	}
	return out, err
}

func (s *Store) runs(ctx context.Context, where string, args ...any) (out []Run, err error) {
	//nolint:gosec // where is one of this package's own texts
	rows, err := s.db.QueryContext(ctx, `select id, command, arguments, started_by, status, started_at, ended_at, total, done, message, data_version
		from runs `+where, args...)
	if err != nil {
		return nil, failed(err)
	}
	defer func() { err = errors.Join(err, failed(rows.Close())) }()
	for rows.Next() {
		var r Run
		var started int64
		var ended sql.NullInt64
		if err := rows.Scan(&r.ID, &r.Command, &r.Arguments, &r.StartedBy, &r.Status, &started, &ended, &r.Total, &r.Done, &r.Message, &r.Version); err != nil {
			return nil, failed(err)
		}
		r.Started, r.Ended = moment(started), optional(ended)
		out = append(out, r)
	}
	return out, failed(rows.Err())
}

func (s *Store) nodes(ctx context.Context, query string, args ...any) (out []Node, err error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failed(err)
	}
	defer func() { err = errors.Join(err, failed(rows.Close())) }()
	for rows.Next() {
		var n Node
		var started, ended sql.NullInt64
		if err := rows.Scan(&n.ID, &n.Name, &n.Type, &n.Status, &n.Message, &n.Failures, &started, &ended, &n.Seconds); err != nil {
			return nil, failed(err)
		}
		n.Started, n.Ended = optional(started), optional(ended)
		out = append(out, n)
	}
	return out, failed(rows.Err())
}

// Trim deletes the oldest runs beyond a number, and their nodes.
func (s *Store) Trim(ctx context.Context, keep int) error {
	err := s.exec(ctx, "delete from runs where id not in (select id from runs order by started_at desc, id desc limit ?)", keep)
	return err
}

func nullable(t *time.Time) any {
	if t == nil {
		return nil
	}
	return millis(*t)
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
