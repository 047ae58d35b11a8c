namespace Vbs.Identity.Keystone;

/// <summary>Counts a check of a token.</summary>
/// <param name="fromCache">Whether its answer was remembered.</param>
internal delegate void TokenChecked(bool fromCache);
