/* The service manager. Windows only. */
#ifndef KHIEN_SERVICES_H
#define KHIEN_SERVICES_H

#include "source.h"
#include <winsvc.h>

/*
 * Opens the service manager of this device; CloseServiceHandle closes it, NULL with GetLastError where it cannot be had.
 * One thread at a time: wine gives two first callers handles of which only one works (ERROR_INVALID_HANDLE).
 */
SC_HANDLE khien_open_service_manager(uint32_t access);

#endif
