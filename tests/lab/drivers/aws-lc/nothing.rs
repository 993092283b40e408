// Cargo only fetches the dependency; the source in it is compiled with CMake.
// SPDX-License-Identifier: Apache-2.0
