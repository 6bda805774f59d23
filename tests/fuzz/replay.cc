// Runs a fuzz target over every file of the given folders and over simple mutations of each (every
// prefix, every byte flipped once), so that compilers without libFuzzer test it too.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

void run_mutations(const std::string& input) {
  constexpr std::size_t kMost = 512;
  const std::size_t step = input.size() / kMost + 1;
  for (std::size_t at = 0; at < input.size(); at += step) {
    run(input.substr(0, at));
    std::string changed = input;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    run(changed);
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t files = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string input{std::istreambuf_iterator<char>(file), {}};
      run(input);
      run_mutations(input);
      ++files;
    }
  }
  std::printf("%zu files\n", files);
  return files == 0 ? 1 : 0;
}
