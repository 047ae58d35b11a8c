using System.Diagnostics.CodeAnalysis;

namespace LocalRuntime.Functions.Invocation;

/// <summary>An argument could not be made from what the trigger brought; the worker's FunctionInputConverterException.</summary>
[SuppressMessage("Design", "CA1064", Justification = "Thrown and caught in this project only.")]
internal sealed class InputConversionException(string message, Exception? inner = null) : Exception(message, inner);
