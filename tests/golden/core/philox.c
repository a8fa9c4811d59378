// Known answers of Philox4x32-10 from Random123 (Debian package librandom123-dev 1.14).
// Build and run: cc -O1 philox.c -o philox && ./philox > philox.json
#include <Random123/philox.h>
#include <stdio.h>
#include <stdint.h>

int main(void) {
  uint32_t state = 12345u;
  printf("[\n");
  for (int i = 0; i < 64; ++i) {
    uint32_t words[6];
    for (int w = 0; w < 6; ++w) {
      state = state * 1664525u + 1013904223u;
      words[w] = i == 0 ? 0u : i == 1 ? 0xffffffffu : state;
    }
    philox4x32_ctr_t counter = {{words[0], words[1], words[2], words[3]}};
    philox4x32_key_t key = {{words[4], words[5]}};
    philox4x32_ctr_t out = philox4x32_R(10, counter, key);
    printf("[%u,%u,%u,%u,%u,%u,%u,%u,%u,%u]%s\n", words[0], words[1], words[2], words[3], words[4],
           words[5], out.v[0], out.v[1], out.v[2], out.v[3], i == 63 ? "" : ",");
  }
  printf("]\n");
  return 0;
}
