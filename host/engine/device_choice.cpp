#include "host/engine/device_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr const char* kOtherwise = "see iresweep devices; --device cpu needs no GPU";

Error bad_name(const std::string& device) {
  return {fmt::format("no device is called '{}'", device), "--device", "use auto, cpu, cuda or cuda:0,1"};
}

std::vector<int> parse_numbers(const std::string& device, std::string_view list) {
  std::vector<int> numbers;
  for (;;) {
    int number = 0;
    const auto [end, fault] = std::from_chars(list.data(), list.data() + list.size(), number);
    if (fault != std::errc() || number < 0) throw bad_name(device);
    if (std::find(numbers.begin(), numbers.end(), number) != numbers.end())
      throw Error(fmt::format("GPU {} is named twice", number), "--device " + device, "name each GPU once");
    numbers.push_back(number);
    list.remove_prefix(std::size_t(end - list.data()));
    if (list.empty()) return numbers;
    if (list.front() != ',') throw bad_name(device);
    list.remove_prefix(1);
  }
}

const Gpu* first_usable(const Gpus& gpus) {
  for (const Gpu& gpu : gpus.list)
    if (gpu.fault.empty()) return &gpu;
  return nullptr;
}

std::string why_none(const Gpus& gpus) {
  if (gpus.list.empty()) return gpus.none;
  return fmt::format("cuda:{}, {}: {}", gpus.list.front().index, gpus.list.front().name, gpus.list.front().fault);
}

std::string why_first(const Gpus& gpus) {
  return gpus.list.size() == 1 ? "it has a GPU"
                               : fmt::format("the first of {} GPUs; cuda:0,1 takes two", gpus.list.size());
}

DeviceChoice named(const std::vector<int>& numbers, const Gpus& gpus) {
  DeviceChoice choice;
  for (const int number : numbers) {
    const auto found =
        std::find_if(gpus.list.begin(), gpus.list.end(), [=](const Gpu& gpu) { return gpu.index == number; });
    const std::string where = fmt::format("--device cuda:{}", number);
    if (found == gpus.list.end())
      throw Error(gpus.list.empty() ? "no GPU can be used: " + gpus.none : "there is no such GPU", where, kOtherwise);
    if (!found->fault.empty())
      throw Error(fmt::format("{} cannot be used: {}", found->name, found->fault), where, kOtherwise);
    choice.gpus.push_back(*found);
  }
  return choice;
}

}  // namespace

DeviceRequest parse_device(const std::string& device) {
  using Kind = DeviceRequest::Kind;
  if (device == "auto") return {Kind::automatic, {}};
  if (device == "cpu") return {Kind::cpu, {}};
  if (device == "cuda") return {Kind::cuda, {}};
  constexpr std::string_view prefix = "cuda:";
  if (!device.starts_with(prefix)) throw bad_name(device);
  return {Kind::cuda, parse_numbers(device, std::string_view(device).substr(prefix.size()))};
}

DeviceChoice choose_device(const DeviceRequest& request, const std::string& isa, const std::function<Gpus()>& find) {
  if (request.kind == DeviceRequest::Kind::cpu) return {{}, ""};
  const bool automatic = request.kind == DeviceRequest::Kind::automatic;
  if (isa != "auto") {
    if (automatic) return {{}, "an instruction set of the CPU is named"};
    throw Error("instruction sets are the CPU's", "--isa " + isa, "leave --isa out, or use --device cpu");
  }
  const Gpus gpus = find();
  if (!request.gpus.empty()) return named(request.gpus, gpus);
  if (const Gpu* gpu = first_usable(gpus)) return {{*gpu}, automatic ? why_first(gpus) : ""};
  if (automatic) return {{}, why_none(gpus)};
  throw Error("no GPU can be used: " + why_none(gpus), "--device cuda", kOtherwise);
}

}  // namespace iresweep
