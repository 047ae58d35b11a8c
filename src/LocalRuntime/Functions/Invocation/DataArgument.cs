using System.Reflection;
using System.Text.Json;

namespace LocalRuntime.Functions.Invocation;

/// <summary>A parameter filled by its name from text that the trigger brought: a route value, an instance id.</summary>
/// <remarks>
/// As the worker's converters do it (DefaultInputConverterInitializer and DefaultFunctionInputBindingFeature in azure-functions-dotnet-worker):
/// text as it is, a Guid by <see cref="Guid.TryParse(string, out Guid)"/>, numbers and booleans as JSON; what is absent is the parameter's
/// default value or null; what does not convert fails the invocation.
/// </remarks>
internal static class DataArgument
{
    /// <summary>Whether a parameter can be filled from text here.</summary>
    public static bool CanBe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type == typeof(Guid) || (type.IsPrimitive && type != typeof(char) && type != typeof(nint) && type != typeof(nuint));
    }

    /// <summary>Of a parameter for which <see cref="CanBe"/> is true.</summary>
    public static Func<FunctionInvocation, object?> Of(ParameterInfo parameter) => invocation =>
        invocation.BindingContext.BindingData.TryGetValue(parameter.Name!, out var value) && value is string text
            ? Convert(parameter, text)
            : Absent(parameter);

    private static object? Convert(ParameterInfo parameter, string text)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(Guid) && Guid.TryParse(text, out var id))
        {
            return id;
        }

        try
        {
            return JsonSerializer.Deserialize(text, parameter.ParameterType);
        }
        catch (JsonException invalid)
        {
            throw new InputConversionException($"Cannot convert '{text}' to parameter '{parameter.Name}' of type {type.Name}.", invalid);
        }
    }

    private static object? Absent(ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue)
        {
            return parameter.DefaultValue;
        }

        return parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? throw new InputConversionException($"Nothing was given for parameter '{parameter.Name}': give it a default value or make it nullable.")
            : null;
    }
}
