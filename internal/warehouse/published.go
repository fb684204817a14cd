package warehouse

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// PublishOptions bound the reading of published states.
type PublishOptions struct {
	// Readers is how many read at once; 0 means DefaultReaders.
	Readers int
	// Spare is how many sessions are held beside, for those that statements with
	// errors cost.
	Spare int
	// ReadTimeout is how long one statement may run; 0 means without end.
	ReadTimeout time.Duration
	// Drain is how long a publication waits for the readers of the state before, to
	// write the log into the file.
	Drain time.Duration
}

// Published gives reads of the state that was published last. A job that writes
// changes nothing of it, however long it takes and however it ends: the sessions
// of a state hold a transaction each, begun when no job wrote, and all are replaced
// at once by those of the next state.
type Published struct {
	lanes *Lanes
	o     PublishOptions
	slots chan struct{}

	mu  sync.Mutex
	now *state
}

// state is one published state and the sessions that hold it.
type state struct {
	version string
	jobs    uint64 // of the lanes when it was taken
	idle    []HoldingSession
	alive   int // idle or reading
	retired bool
	drained chan struct{} // closed when retired and none is alive
}

// NewPublished makes the reads of an engine; nothing is published yet.
func NewPublished(lanes *Lanes, o PublishOptions) *Published {
	if o.Readers <= 0 {
		o.Readers = DefaultReaders
	}
	return &Published{lanes: lanes, o: o, slots: make(chan struct{}, o.Readers)}
}

// Version is that of the last publication; "" before the first.
func (p *Published) Version() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now == nil {
		return ""
	}
	return p.now.version
}

// Publish makes the state of now the one that is read, under a version. The caller
// keeps other writers out: it has the write lane, or nobody has it yet. It says
// whether the log was written into the file, which readers of the state before can
// put off to the next time.
func (p *Published) Publish(ctx context.Context, version string) (checkpointed bool, err error) {
	next := &state{version: version, jobs: p.lanes.Jobs(), drained: make(chan struct{})}
	for range p.o.Readers + p.o.Spare {
		s, err := p.hold(ctx)
		if err != nil {
			return false, errors.Join(err, next.close())
		}
		next.idle = append(next.idle, s)
		next.alive++
	}
	p.mu.Lock()
	before := p.now
	p.now = next
	p.mu.Unlock()
	if before == nil {
		return false, nil
	}
	if err := p.retire(before); err != nil {
		return false, err
	}
	timer := time.NewTimer(p.o.Drain)
	defer timer.Stop()
	select {
	case <-before.drained:
		return p.checkpoint(ctx)
	case <-timer.C:
	case <-ctx.Done():
	}
	return false, nil
}

// checkpoint writes the log into the file. Somebody else's transaction is no error:
// the next publication does it.
func (p *Published) checkpoint(ctx context.Context) (done bool, err error) {
	s, err := p.lanes.engine.Session(ctx)
	if err != nil {
		return false, err
	}
	_, refused := s.Exec(ctx, "CHECKPOINT")
	if fault.Is(refused, fault.Disk) {
		return false, errors.Join(refused, s.Close())
	}
	return refused == nil, s.Close()
}

func (p *Published) hold(ctx context.Context) (HoldingSession, error) {
	inner, err := p.lanes.engine.Session(ctx)
	if err != nil {
		return nil, err
	}
	s, ok := inner.(HoldingSession)
	if !ok {
		return nil, errors.Join(fault.New(fault.Internal, "the engine's sessions hold no state"), inner.Close())
	}
	if err := s.Hold(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// retire lets go of a state: its idle sessions now, those that read when they end.
func (p *Published) retire(s *state) error {
	p.mu.Lock()
	idle := s.idle
	s.idle, s.retired = nil, true
	s.alive -= len(idle)
	if s.alive == 0 {
		close(s.drained)
	}
	p.mu.Unlock()
	var errs []error
	for _, session := range idle {
		errs = append(errs, session.Close())
	}
	return errors.Join(errs...)
}

func (s *state) close() error {
	var errs []error
	for _, session := range s.idle {
		errs = append(errs, session.Close())
	}
	return errors.Join(errs...)
}

// Close ends the reading. Readings that are open end with their own Close.
func (p *Published) Close() error {
	p.mu.Lock()
	last := p.now
	p.now = nil
	p.mu.Unlock()
	if last == nil {
		return nil
	}
	return p.retire(last)
}

// Reading is the right to read one published state until Close. All that is read
// through it belongs to the same version.
type Reading struct {
	p       *Published
	state   *state
	session HoldingSession
	failed  bool
	closed  bool
}

// Read waits for a place among the readers.
func (p *Published) Read(ctx context.Context) (*Reading, error) {
	if err := enter(ctx, p.slots, "all read lanes of the warehouse are taken"); err != nil {
		return nil, err
	}
	r, err := p.take(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return r, nil
}

func (p *Published) take(ctx context.Context) (*Reading, error) {
	p.mu.Lock()
	now := p.now
	if now == nil {
		p.mu.Unlock()
		return nil, fault.New(fault.Unavailable, "the warehouse is being opened or closed").WithHint("ask again in a moment")
	}
	if n := len(now.idle); n > 0 {
		session := now.idle[n-1]
		now.idle = now.idle[:n-1]
		p.mu.Unlock()
		return &Reading{p: p, state: now, session: session}, nil
	}
	p.mu.Unlock()
	return p.renew(ctx, now)
}

// renew holds a state once more whose sessions are all lost, which can be done as
// long as nobody has written since.
func (p *Published) renew(ctx context.Context, now *state) (*Reading, error) {
	leave, ok := p.lanes.quiet(now.jobs)
	if !ok {
		return nil, fault.New(fault.Unavailable, "failed queries have used up the held state while a job writes").
			WithHint("ask again when the job has ended")
	}
	defer leave()
	session, err := p.hold(ctx)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now.alive++
	return &Reading{p: p, state: now, session: session}, nil
}

// Version is that of the state that is read.
func (r *Reading) Version() string { return r.state.version }

// Query runs one statement, to its end; rows have to be closed before the next.
func (r *Reading) Query(ctx context.Context, sql string, args ...any) (Rows, error) {
	if timeout := r.p.o.ReadTimeout; timeout > 0 {
		cause := fault.New(fault.Cancelled, "the query ran longer than %s", timeout).WithHint("ask for less, or raise the limit")
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, timeout, cause)
		defer cancel()
	}
	rows, err := r.session.QueryWhole(ctx, sql, args...)
	r.failed = r.failed || err != nil
	return rows, err
}

// Close gives the place to the next. A second Close does nothing.
func (r *Reading) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	defer func() { <-r.p.slots }()
	lost := r.failed && !r.session.Holds()
	r.p.mu.Lock()
	if !lost && !r.state.retired {
		r.state.idle = append(r.state.idle, r.session)
		r.p.mu.Unlock()
		return nil
	}
	r.state.alive--
	last := r.state.retired && r.state.alive == 0
	retired := r.state.retired
	r.p.mu.Unlock()
	err := r.session.Close()
	switch {
	case last:
		close(r.state.drained)
	case !retired:
		return errors.Join(err, r.p.refill(r.state))
	}
	return err
}

// refill makes up for a session that a failed statement cost, where that is possible.
func (p *Published) refill(of *state) error {
	renewed, err := p.renew(context.Background(), of)
	if err != nil {
		if fault.Is(err, fault.Unavailable) {
			return nil
		}
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	of.idle = append(of.idle, renewed.session)
	return nil
}
