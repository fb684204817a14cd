package control

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// secretBytes is the length of links' and sessions' secrets: 256 bits.
const secretBytes = 32

// newSecret makes a secret that fits into an address, and what is kept of it.
func newSecret() (secret string, hash []byte) {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // never fails
	secret = base64.RawURLEncoding.EncodeToString(b[:])
	return secret, hashOf(secret)
}

// hashOf needs no salt and no slowness: a secret is random, not a password.
func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
