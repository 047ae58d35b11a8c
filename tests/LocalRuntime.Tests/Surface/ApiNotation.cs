using System.Reflection;
using System.Runtime.CompilerServices;

namespace LocalRuntime.Tests.Surface;

/// <summary>Writes public types in the notation that the head of functions-api.txt explains.</summary>
internal static class ApiNotation
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] LeftOut =
        [nameof(Equals), nameof(GetHashCode), nameof(ToString), "Deconstruct", "op_Equality", "op_Inequality", "PrintMembers", "<Clone>$"];

    public static IEnumerable<string> LinesOf(Type type)
    {
        var members = type.IsEnum
            ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), provider: null)}")
            : type.GetMembers(Declared).Where(member => !LeftOut.Contains(member.Name)).Select(Line).OfType<string>();
        return members.Prepend(Kind(type)).Select(member => $"{Name(type)} | {member}");
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } created when IsVisible(created) => $"{Access(created)}.ctor({Parameters(created)})",
        PropertyInfo property => Property(property),
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily => $"{(field.IsStatic ? "static " : "")}field {Typed(field.FieldType, new NullabilityInfoContext().Create(field))} {field.Name}",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) => Method(method),
        _ => null,
    };

    private static string Kind(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsInterface: true } => "interface",
            _ when type.IsAssignableTo(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var parent = type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? "" : $" : {Name(type.BaseType)}";
        return kind + parent;
    }

    private static string? Property(PropertyInfo property)
    {
        var accessors = new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(IsVisible).ToList();
        if (accessors.Count == 0)
        {
            return null;
        }

        var info = new NullabilityInfoContext().Create(property);
        return $"{Modifiers(accessors[0])}{Typed(property.PropertyType, info)} {property.Name} {{ {string.Concat(accessors.Select(accessor => Accessor(accessor)))}}}";
    }

    private static string Accessor(MethodInfo accessor)
    {
        if (accessor.ReturnType != typeof(void))
        {
            return "get; ";
        }

        return accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var result = Typed(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{result} {method.Name}{generic}({extension}{Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{many}{Typed(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} {parameter.Name}{Default(parameter)}";
    }

    private static string Default(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: false } => "",
        { DefaultValue: null, ParameterType.IsValueType: true } when Nullable.GetUnderlyingType(parameter.ParameterType) is null => " = default",
        { DefaultValue: null } => " = null",
        { DefaultValue: bool value } => value ? " = true" : " = false",
        _ => $" = {parameter.DefaultValue}",
    };

    private static string Typed(Type type, NullabilityInfo info)
    {
        var nullable = !type.IsValueType && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable);
        return Name(type) + (nullable ? "?" : "");
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter || !type.IsGenericType)
        {
            return type.FullName ?? type.Name;
        }

        var open = type.GetGenericTypeDefinition().FullName!;
        return $"{open[..open.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return Access(method);
        }

        var own = method.GetBaseDefinition() == method;
        var kind = method switch
        {
            { IsStatic: true } => "static ",
            _ when !own => "override ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return Access(method) + kind;
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
