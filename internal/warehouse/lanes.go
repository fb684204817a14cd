package warehouse

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// DefaultReaders is how many sessions read at once when LaneOptions says nothing.
const DefaultReaders = 4

// LaneOptions bounds the work on one engine.
type LaneOptions struct {
	// Readers is how many read sessions may be open at once; 0 means DefaultReaders.
	Readers int
	// ReadTimeout is how long one statement of a reader may run, the fetching of its
	// rows included; 0 means without end.
	ReadTimeout time.Duration
	// AtEnd is called when a job has ended, before the write lane goes to the next; nil
	// for nothing. Its error is that of Release.
	AtEnd func() error
}

// Lanes keeps order on one engine: one job writes at a time, a bounded number of
// readers run beside it. Who waits gets a lane in the order of asking.
type Lanes struct {
	engine  Engine
	write   chan struct{}
	read    chan struct{}
	timeout time.Duration
	atEnd   func() error
	// jobs counts the jobs that had the write lane. It changes with the lane held.
	jobs atomic.Uint64
}

// NewLanes makes the lanes of an engine. All work of a process must go through one Lanes.
func NewLanes(engine Engine, o LaneOptions) *Lanes {
	if o.Readers <= 0 {
		o.Readers = DefaultReaders
	}
	return &Lanes{
		engine: engine, timeout: o.ReadTimeout, atEnd: o.AtEnd,
		write: make(chan struct{}, 1), read: make(chan struct{}, o.Readers),
	}
}

// Engine gives the engine, for its names: sessions come from the lanes.
func (l *Lanes) Engine() Engine { return l.engine }

// Write waits for the write lane. It is the caller's alone until Release. A
// cancelled context ends the waiting with code Cancelled.
func (l *Lanes) Write(ctx context.Context) (*WriteLane, error) {
	if err := enter(ctx, l.write, "another job writes to the warehouse"); err != nil {
		return nil, err
	}
	l.jobs.Add(1)
	return &WriteLane{lanes: l, open: map[*laneSession]struct{}{}}, nil
}

// Jobs gives how many jobs had the write lane so far.
func (l *Lanes) Jobs() uint64 { return l.jobs.Load() }

// quiet keeps writers out until leave is called, if no job writes now and none has
// had the lane since there were that many.
func (l *Lanes) quiet(jobs uint64) (leave func(), ok bool) {
	select {
	case l.write <- struct{}{}:
	default:
		return nil, false
	}
	leave = func() { <-l.write }
	if l.jobs.Load() != jobs {
		leave()
		return nil, false
	}
	return leave, true
}

// Read waits for a read lane and gives a session in it, whose Close gives the lane
// back. Its statements are stopped after the lanes' ReadTimeout with code Cancelled.
func (l *Lanes) Read(ctx context.Context) (Session, error) {
	if err := enter(ctx, l.read, "all read lanes of the warehouse are taken"); err != nil {
		return nil, err
	}
	inner, err := l.engine.Session(ctx)
	if err != nil {
		<-l.read
		return nil, err
	}
	s := &laneSession{Session: inner, leave: func() { <-l.read }}
	if l.timeout > 0 {
		return &timedSession{laneSession: s, timeout: l.timeout}, nil
	}
	return s, nil
}

// ReadHeld is Read for a session that cannot write and stays at the state of now.
func (l *Lanes) ReadHeld(ctx context.Context) (Session, error) {
	session, err := l.Read(ctx)
	if err != nil {
		return nil, err
	}
	var inner Session
	switch s := session.(type) {
	case *timedSession:
		inner = s.Session
	case *laneSession:
		inner = s.Session
	}
	holder, ok := inner.(HoldingSession)
	if !ok {
		return nil, errors.Join(fault.New(fault.Internal, "the engine's sessions hold no state"), session.Close())
	}
	if err := holder.Hold(ctx); err != nil {
		return nil, errors.Join(err, session.Close())
	}
	return session, nil
}

func enter(ctx context.Context, lane chan struct{}, why string) error {
	// A cancelled context must not win the lane by chance.
	if ctx.Err() == nil {
		select {
		case lane <- struct{}{}:
			return nil
		case <-ctx.Done():
		}
	}
	return &fault.Error{Code: fault.Cancelled, Message: "stopped while waiting: " + why, Err: ctx.Err()}
}

// WriteLane is the right to write, for one job. It is safe for concurrent use:
// the threads of the job open a session each.
type WriteLane struct {
	lanes *Lanes

	mu       sync.Mutex
	open     map[*laneSession]struct{}
	released bool
}

// Session opens a session of the job. The caller closes it before Release.
func (w *WriteLane) Session(ctx context.Context) (Session, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.released {
		return nil, fault.New(fault.Internal, "the write lane is given back already")
	}
	inner, err := w.lanes.engine.Session(ctx)
	if err != nil {
		return nil, err
	}
	s := &laneSession{Session: inner}
	s.leave = func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.open, s)
	}
	w.open[s] = struct{}{}
	return s, nil
}

// Engine gives the engine, for its names.
func (w *WriteLane) Engine() Engine { return w.lanes.engine }

// Release closes what sessions the job left open, so that nothing of it is
// written after, and gives the lane to the next. A second Release does nothing.
func (w *WriteLane) Release() error {
	w.mu.Lock()
	if w.released {
		w.mu.Unlock()
		return nil
	}
	w.released = true
	left := make([]*laneSession, 0, len(w.open))
	for s := range w.open {
		left = append(left, s)
	}
	w.mu.Unlock()

	var errs []error
	for _, s := range left {
		errs = append(errs, s.Close())
	}
	if w.lanes.atEnd != nil {
		errs = append(errs, w.lanes.atEnd())
	}
	<-w.lanes.write
	return errors.Join(errs...)
}

// laneSession tells its lane when it is closed.
type laneSession struct {
	Session
	once  sync.Once
	leave func()
	err   error
}

func (s *laneSession) Close() error {
	s.once.Do(func() {
		s.err = s.Session.Close()
		s.leave()
	})
	return s.err
}

// timedSession bounds each statement.
type timedSession struct {
	*laneSession
	timeout time.Duration
}

func (s *timedSession) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	cause := fault.New(fault.Cancelled, "the query ran longer than %s", s.timeout).WithHint("ask for less, or raise the limit")
	return context.WithTimeoutCause(ctx, s.timeout, cause)
}

func (s *timedSession) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	return s.laneSession.Exec(ctx, sql, args...)
}

func (s *timedSession) Query(ctx context.Context, sql string, args ...any) (Rows, error) {
	ctx, cancel := s.bound(ctx)
	rows, err := s.laneSession.Query(ctx, sql, args...)
	if err != nil {
		cancel()
		return nil, err
	}
	return &timedRows{Rows: rows, cancel: cancel}, nil
}

type timedRows struct {
	Rows
	cancel context.CancelFunc
}

func (r *timedRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.cancel()
	return false
}

func (r *timedRows) Close() error {
	defer r.cancel()
	return r.Rows.Close()
}
