// SPDX-License-Identifier: MIT
#include "program.hpp"

int main(int argc, char** argv) { return dectprov::run_program(dectprov::take_arguments(argc, argv)); }
