// Writes a model of seeded weights, so that scripts have one to scan with: seeded_model FILE.safetensors
#include <cstdio>

#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/seeded_network.h"

int main(int count, char** words) {
  if (count != 2) return 2;
  iresweep::Model model;
  model.network = iresweep::test::seeded_network(1);
  try {
    iresweep::save_model(model, words[1]);
  } catch (const iresweep::Error& error) {
    std::fprintf(stderr, "%s: %s\n", error.where.c_str(), error.what());
    return 1;
  }
}
