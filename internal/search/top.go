package search

import "cmp"

// keepTop keeps the highest keys, at most want (1 or more), in a heap whose lowest key is first.
func keepTop(heap []uint64, key uint64, want int) []uint64 {
	if len(heap) < want {
		heap = append(heap, key)
		for i := len(heap) - 1; i > 0 && heap[i] < heap[(i-1)/2]; i = (i - 1) / 2 {
			heap[i], heap[(i-1)/2] = heap[(i-1)/2], heap[i]
		}
		return heap
	}
	if key > heap[0] {
		heap[0] = key
		sink(heap)
	}
	return heap
}

// sink lets the first key fall to its place.
func sink(heap []uint64) {
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(heap) && heap[child] < heap[least] {
				least = child
			}
		}
		if least == i {
			return
		}
		heap[i], heap[least] = heap[least], heap[i]
		i = least
	}
}

func falling(a, b uint64) int { return cmp.Compare(b, a) }
