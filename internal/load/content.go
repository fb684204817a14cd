package load

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/kith-analytics/kith/internal/fault"
)

// content reads one file, decompressed and hashed on a goroutine of its own.
type content struct {
	file  *os.File
	done  atomic.Int64 // bytes read of the file on disk
	size  int64        // of the file on disk
	plain int64        // bytes of the decompressed content
	sum   hash.Hash
	close func()

	blocks chan []byte
	free   chan []byte
	stop   chan struct{}
	wait   sync.WaitGroup
	err    error // of the reading goroutine; read after blocks is closed
	block  []byte
	rest   []byte
}

const (
	blockSize  = 256 << 10
	blockCount = 4
	// maxWindow bounds what a zst file may ask for in memory.
	maxWindow = 128 << 20
	// gzipMagic is how a gz file begins (RFC 1952, 2.3.1).
	gzipMagic = "\x1f\x8b"
)

// openContent starts reading. The caller closes.
func openContent(path, compression string) (*content, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Disk, "%s cannot be read", path), file.Close())
	}
	c := &content{
		file: file, size: info.Size(), sum: sha256.New(), close: func() {},
		blocks: make(chan []byte, blockCount), free: make(chan []byte, blockCount), stop: make(chan struct{}),
	}
	var in io.Reader = &counted{in: file, n: &c.done}
	switch compression {
	case "gz":
		buffered := bufio.NewReaderSize(in, blockSize)
		if magic, err := buffered.Peek(len(gzipMagic)); err == nil && string(magic) != gzipMagic {
			return nil, errors.Join(fault.New(fault.Invalid, "%s is not compressed, whatever its name says", path).
				WithHint("take the .gz off its name"), file.Close())
		}
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, errors.Join(damaged(path, err), file.Close())
		}
		in = z
	case "zst":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, errors.Join(damaged(path, err), file.Close())
		}
		in, c.close = z, z.Close
	}
	for range blockCount {
		c.free <- make([]byte, blockSize)
	}
	c.wait.Go(func() { c.pump(in) })
	return c, nil
}

func openFile(path string) (*os.File, error) {
	file, err := os.Open(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fault.New(fault.NotFound, "the file %s does not exist", path)
	case errors.Is(err, os.ErrPermission):
		return nil, fault.New(fault.Disk, "no right to read %s", path)
	case err != nil:
		return nil, fault.Wrap(err, fault.Disk, "%s cannot be read", path)
	}
	return file, nil
}

func damaged(path string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Invalid, "%s is truncated", path).WithHint("fetch the file again; nothing of it was loaded")
	}
	return fault.Wrap(err, fault.Invalid, "%s cannot be decompressed", path).WithHint("check the file; nothing of it was loaded")
}

// pump fills blocks until the end or until stopped.
func (c *content) pump(in io.Reader) {
	defer close(c.blocks)
	for {
		var block []byte
		select {
		case block = <-c.free:
		case <-c.stop:
			return
		}
		n, err := fillBlock(in, block[:blockSize])
		c.sum.Write(block[:n])
		c.plain += int64(n)
		if n > 0 {
			select {
			case c.blocks <- block[:n]:
			case <-c.stop:
				return
			}
		}
		if err != nil {
			c.err = err
			return
		}
	}
}

// fillBlock reads until the block is full. Unlike io.ReadFull it gives the
// reader's own error, which tells the end of a file from a truncated one.
func fillBlock(in io.Reader, block []byte) (n int, err error) {
	for n < len(block) && err == nil {
		var m int
		m, err = in.Read(block[n:])
		n += m
	}
	return n, err
}

// Read gives the decompressed content.
func (c *content) Read(p []byte) (int, error) {
	for len(c.rest) == 0 {
		if c.block != nil {
			c.free <- c.block
			c.block = nil
		}
		block, ok := <-c.blocks
		if !ok {
			if c.err == nil {
				return 0, io.ErrClosedPipe
			}
			return 0, c.err
		}
		c.block, c.rest = block, block
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// hash is that of the decompressed content, once Read has come to its end.
func (c *content) hash() string { return hex.EncodeToString(c.sum.Sum(nil)) }

// Close stops reading and waits for the goroutine to end.
func (c *content) Close() error {
	close(c.stop)
	c.wait.Wait()
	c.close()
	if err := c.file.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}

type counted struct {
	in io.Reader
	n  *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// contentHash reads a whole file for its hash and size.
func contentHash(ctx context.Context, path, compression string) (sum string, size int64, err error) {
	c, err := openContent(path, compression)
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	buf := make([]byte, blockSize)
	for {
		if ctx.Err() != nil {
			return "", 0, stopped(ctx)
		}
		if _, err := c.Read(buf); errors.Is(err, io.EOF) {
			return c.hash(), c.plain, nil
		} else if err != nil {
			return "", 0, damaged(path, err)
		}
	}
}

// Encodings of text.
const (
	encUTF8    = "utf-8"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	encLatin1  = "latin1"
	encWindows = "windows-1252"
)

func parseEncoding(name string) (string, error) {
	switch strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(name)) {
	case "":
		return "", nil
	case "utf-8", "utf8":
		return encUTF8, nil
	case "utf-16le", "utf16le", "utf-16", "utf16":
		return encUTF16LE, nil
	case "utf-16be", "utf16be":
		return encUTF16BE, nil
	case "latin1", "latin-1", "iso-8859-1":
		return encLatin1, nil
	case "windows-1252", "cp1252":
		return encWindows, nil
	default:
		return "", fault.New(fault.Usage, "the encoding %q is not known", name).
			WithHint("use utf-8, utf-16le, utf-16be, latin1 or windows-1252")
	}
}

// detectEncoding knows UTF-16 by its mark, and without one by the zeros of Latin
// letters; all else is UTF-8.
func detectEncoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return encUTF16LE
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return encUTF16BE
	}
	var even, odd int
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	switch most := len(head) * 2 / 5; {
	case len(head) < 8:
	case odd > most && even*10 < odd:
		return encUTF16LE
	case even > most && odd*10 < even:
		return encUTF16BE
	}
	return encUTF8
}

// decoded gives the text in UTF-8 without byte order mark. Bytes that are not
// UTF-8 come through, for the rows they are in to be rejected.
func decoded(in io.Reader, encoding string) io.Reader {
	switch encoding {
	case encUTF16LE:
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case encUTF16BE:
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	case encLatin1:
		return transform.NewReader(in, charmap.ISO8859_1.NewDecoder())
	case encWindows:
		return transform.NewReader(in, charmap.Windows1252.NewDecoder())
	default:
		return &unmarked{in: in}
	}
}

// unmarked drops the UTF-8 byte order mark.
type unmarked struct {
	in    io.Reader
	begun bool
	held  []byte
}

func (u *unmarked) Read(p []byte) (int, error) {
	if !u.begun {
		u.begun = true
		mark := []byte{0xef, 0xbb, 0xbf}
		head := make([]byte, len(mark))
		n, err := io.ReadFull(u.in, head)
		if n == len(mark) && bytes.Equal(head, mark) {
			n = 0
		}
		u.held = head[:n]
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			return 0, err
		}
	}
	if len(u.held) > 0 {
		n := copy(p, u.held)
		u.held = u.held[n:]
		return n, nil
	}
	return u.in.Read(p)
}

func stopped(ctx context.Context) error {
	return &fault.Error{Code: fault.Cancelled, Message: "stopped; nothing of the file was loaded", Err: context.Cause(ctx)}
}
