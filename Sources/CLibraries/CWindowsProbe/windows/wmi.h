/* Asking WMI, with a bound on every wait that WMI lets one bound. Windows only. */
#ifndef KHIEN_WMI_H
#define KHIEN_WMI_H

#define COBJMACROS
#include "source.h"
#include <oleauto.h>
#include <wbemcli.h>

/* Takes one row, which stays WMI's. False ends the query. */
typedef bool (*khien_row_callback)(void *context, IWbemClassObject *row);

/*
 * Every row of a class. A namespace or class that is not there makes the source absent; every other failure is a problem
 * of it. Rows that cannot be had do not cost the others. Initializes and leaves COM on the calling thread.
 */
void khien_wmi_each(struct khien_source *source, const wchar_t *name_space, const wchar_t *class_name,
    khien_row_callback callback, void *context);

/* A property that is there and not null. One that cannot be read is a problem of the source. VariantClear in any case. */
bool khien_wmi_property(struct khien_source *source, IWbemClassObject *row, const wchar_t *name, VARIANT *value);

/* Puts a property into the draft; unknown where it is null or of another type. */
void khien_draft_wmi_text(struct khien_source *source, const char *field, IWbemClassObject *row, const wchar_t *name);
void khien_draft_wmi_truth(struct khien_source *source, const char *field, IWbemClassObject *row, const wchar_t *name);

#endif
