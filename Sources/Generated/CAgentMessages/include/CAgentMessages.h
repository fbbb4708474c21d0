#pragma once
#include "khien/v1/enrollment.pb-c.h"
#include "khien/v1/reporting.pb-c.h"
