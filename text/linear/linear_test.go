package linear

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

func TestTableFindsEachKeyAndTellsOthersApart(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 3, 1000, 50000} {
		keys, values := make([]uint64, n), make([]uint64, n)
		for i := range keys {
			keys[i], values[i] = random.Uint64(), random.Uint64()>>16
		}
		table, err := OpenTable(BuildTable(keys, values))
		if err != nil {
			t.Fatal(err)
		}
		for i, h := range keys {
			if got := table.Get(h); got != values[i] {
				t.Fatalf("%d keys: value of key %d is %d, want %d", n, i, got, values[i])
			}
		}
		mistaken := 0
		for range 10000 {
			if table.Get(random.Uint64()) != 0 {
				mistaken++
			}
		}
		if mistaken > 5 {
			t.Errorf("%d keys: %d of 10000 unknown keys were taken for known ones", n, mistaken)
		}
	}
}

func TestManyLearnsAndKeepsWhatItLearned(t *testing.T) {
	var trainer ManyTrainer
	for range 200 {
		for class := range 3 {
			var scores [MaxClasses]float32
			rows := trainer.Rows(nil, []uint64{feature(class), feature(9)})
			for _, r := range rows {
				trainer.Add(r, &scores)
			}
			trainer.Step++
			Softmax(scores[:3])
			scores[class]--
			for c, g := range scores[:3] {
				for _, r := range rows {
					trainer.Descend(r, c, g, 0.3)
				}
			}
		}
	}
	sections := map[string][]byte{}
	trainer.Encode(sections, "m", 0)
	f, err := Open(Encode(sections))
	if err != nil {
		t.Fatal(err)
	}
	model, err := OpenMany(f, "m")
	if err != nil {
		t.Fatal(err)
	}
	for class := range 3 {
		var scores [MaxClasses]int32
		model.Add([]uint64{feature(class), feature(9), feature(1000)}, &scores)
		for c := range 3 {
			if c != class && scores[c] >= scores[class] {
				t.Errorf("class %d scores %v", class, scores[:3])
			}
		}
	}
}

func TestArrangingRowsChangesNoScore(t *testing.T) {
	var trainer ManyTrainer
	random := rand.New(rand.NewPCG(4, 4))
	for n := range 500 {
		for _, row := range trainer.Rows(nil, []uint64{feature(n)}) {
			for range 1 + n%7 {
				trainer.Descend(row, random.IntN(40), float32(random.NormFloat64()), 0.3)
			}
		}
		trainer.Step++
	}
	sections := map[string][]byte{}
	trainer.Encode(sections, "m", 0)
	open := func() *Many {
		f, err := Open(Encode(sections))
		if err != nil {
			t.Fatal(err)
		}
		m, err := OpenMany(f, "m")
		if err != nil {
			t.Fatal(err)
		}
		return &m
	}
	score := func(m *Many, n int) (s [MaxClasses]int32) {
		m.Add([]uint64{feature(n)}, &s)
		return s
	}
	first := open()
	first.Count()
	for range 9 {
		score(first, 496) // seven pairs
	}
	before := sections["m.rows"]
	sections["m"], sections["m.rows"] = first.Arranged()
	second := open()
	if slot := second.table.Get(feature(496)); slot>>8 != 1 {
		t.Errorf("the row that is asked for most begins at %d, want 1, right behind the scale", slot>>8)
	}
	if len(sections["m.rows"]) != len(before) {
		t.Errorf("rows take %d bytes, want %d as before", len(sections["m.rows"]), len(before))
	}
	for n := range 500 {
		if score(first, n) != score(second, n) {
			t.Fatalf("feature %d scores otherwise", n)
		}
	}
}

func feature(n int) uint64 { return Mix(uint64(n)+77, 3) }

func TestDamagedFilesAreRefused(t *testing.T) {
	good := Encode(map[string][]byte{"a": BuildTable([]uint64{1 << 40}, []uint64{5}), "b": EncodeStrings([]string{"x", ""})})
	if err := Verify(good); err != nil {
		t.Fatal(err)
	}
	bad := append([]byte(nil), good...)
	bad[len(bad)/2] ^= 1
	if Verify(bad) == nil {
		t.Error("a changed byte passed the checksum")
	}
	for n := range good {
		if _, err := Open(good[:n]); err == nil && n < 60 {
			t.Errorf("a file cut to %d bytes opened", n)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(Encode(map[string][]byte{"a": BuildTable([]uint64{1 << 40, 7}, []uint64{5, 6}), "a.rows": {64, 0, 1, 2}}))
	f.Add(binary.LittleEndian.AppendUint32([]byte(magic), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data)
		if err != nil {
			return
		}
		for _, name := range file.Names() {
			file.Strings(name)
			if m, err := OpenMany(file, name); err == nil {
				var scores [MaxClasses]int32
				m.Add([]uint64{0, 1 << 40, 7, 1<<64 - 1}, &scores)
			}
		}
	})
}
