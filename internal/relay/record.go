package relay

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// Owner is the process that owns a warehouse, as its record tells.
type Owner struct {
	PID       int       `json:"pid"`
	Socket    string    `json:"socket"`
	Version   string    `json:"version"`
	StartedAt time.Time `json:"started_at"`
	// Address is where people find it, such as http://127.0.0.1:8080.
	Address string `json:"address"`
}

// recordSuffix is that of the record's name, behind the warehouse file's.
const recordSuffix = ".server"

func recordPath(warehouse string) string { return warehouse + recordSuffix }

// Resolve gives the one path of a warehouse file, however it is named.
func Resolve(warehouse string) string {
	path, err := filepath.Abs(warehouse)
	if err != nil {
		path = warehouse
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path))
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// Find gives the living owner of a warehouse. What an owner that was killed left
// behind is removed.
func Find(ctx context.Context, warehouse string) (Owner, bool, error) {
	path := recordPath(Resolve(warehouse))
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return Owner{}, false, nil
	}
	if err != nil {
		return Owner{}, false, fault.Wrap(err, fault.Disk, "the server's record cannot be read")
	}
	var o Owner
	if json.Unmarshal(data, &o) == nil && o.Socket != "" {
		var dialer net.Dialer
		conn, err := dialer.DialContext(ctx, "unix", o.Socket)
		if err == nil {
			return o, true, conn.Close()
		}
		if ctx.Err() != nil {
			return Owner{}, false, &fault.Error{Code: fault.Cancelled, Message: "stopped", Err: ctx.Err()}
		}
		if errors.Is(err, os.ErrPermission) {
			return Owner{}, false, fault.New(fault.Held, "the warehouse %s is served by another user's process %d", warehouse, o.PID).
				WithHint("ask that user, or stop it")
		}
		if err := removed(o.Socket); err != nil {
			return Owner{}, false, err
		}
	}
	// A record is written when its socket listens already: nobody is there.
	return Owner{}, false, removed(path)
}

func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault.Wrap(err, fault.Disk, "what a killed server left behind cannot be removed")
	}
	return nil
}

// socketPath names the socket of a warehouse. Names of sockets are short, those of
// folders may not be.
func socketPath(runtimeDir, warehouse string) string {
	sum := sha256.Sum256([]byte(warehouse))
	return filepath.Join(runtimeDir, hex.EncodeToString(sum[:8])+".sock")
}

// RuntimeDir is the folder of sockets that only the user may enter: Kith's own in
// XDG_RUNTIME_DIR, or in the folder for temporary files.
func RuntimeDir(getenv func(string) string) string {
	if dir := getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "kith")
	}
	return filepath.Join(os.TempDir(), "kith-"+strconv.Itoa(os.Getuid()))
}

// private makes the folder, and refuses one that others may enter.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(err, fault.Disk, "the folder for the server's socket cannot be made")
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the folder for the server's socket cannot be read")
	}
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return fault.New(fault.Disk, "others may enter %s, where the server's socket is to be", dir).WithHint("run `chmod 700 %s`, or set XDG_RUNTIME_DIR", dir)
	}
	return nil
}

// write puts the record into place at once.
func (o Owner) write(path string) error {
	data, err := json.Marshal(o)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "the server's record cannot be made")
	}
	temporary := path + "." + strconv.Itoa(o.PID)
	if err := os.WriteFile(temporary, append(data, '\n'), 0o600); err != nil {
		return fault.Wrap(err, fault.Disk, "the server's record cannot be written")
	}
	if err := os.Rename(temporary, path); err != nil {
		return errors.Join(fault.Wrap(err, fault.Disk, "the server's record cannot be written"), os.Remove(temporary))
	}
	return nil
}
