#pragma once
#include "process.h"
#include "crc32c.h"
