using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Api.Xrpc;

/// <summary>Binds a query string to a request's constructor, once compiled for each request type: its parameters are the lexicon's.</summary>
internal sealed class XrpcParams<TQuery>
{
    private readonly string _nsid;
    private readonly Parameter[] _parameters;
    private readonly Func<object?[], TQuery> _construct;

    public XrpcParams(string nsid)
    {
        var constructor = typeof(TQuery).GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        _nsid = nsid;
        _parameters = [.. constructor.GetParameters().Select(parameter => new Parameter(parameter))];
        _construct = Compile(constructor);
    }

    /// <exception cref="XrpcException">InvalidRequest: one is missing, or not what it must be.</exception>
    public TQuery Bind(IQueryCollection query)
    {
        var values = new object?[_parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = _parameters[i].Bind(query);
            }
            catch (FormatException wrong)
            {
                throw XrpcException.InvalidRequest($"Invalid {_nsid} params: {wrong.Message}", wrong);
            }
        }

        return _construct(values);
    }

    private static Func<object?[], TQuery> Compile(ConstructorInfo constructor)
    {
        var values = Expression.Parameter(typeof(object[]));
        var arguments = constructor.GetParameters().Select((parameter, i) =>
            Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), parameter.ParameterType));
        return Expression.Lambda<Func<object?[], TQuery>>(Expression.New(constructor, arguments), values).Compile();
    }

    private sealed class Parameter
    {
        private readonly string _name;
        private readonly bool _isRequired;
        private readonly bool _isList;
        private readonly object? _default;
        private readonly BetweenAttribute? _bounds;
        private readonly Func<string, object> _parse;
        private readonly Type _element;

        public Parameter(ParameterInfo parameter)
        {
            _name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            _isRequired = !parameter.HasDefaultValue;
            _default = parameter.HasDefaultValue ? parameter.DefaultValue : null;
            _bounds = typeof(TQuery).GetProperty(parameter.Name!)?.GetCustomAttribute<BetweenAttribute>();
            _isList = parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            _element = _isList ? parameter.ParameterType.GetGenericArguments()[0] : Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            _parse = ParserOf(_element);
        }

        public object? Bind(IQueryCollection query)
        {
            var given = _isList && !query.ContainsKey(_name) ? query[$"{_name}[]"] : query[_name]; // how some clients write lists
            if (StringValues.IsNullOrEmpty(given) || (given.Count == 1 && given[0]!.Length == 0))
                return _isRequired ? throw new FormatException($"Missing required key \"{_name}\"") : _default;
            if (_isList) return ParseList(given);
            return given.Count == 1 ? Bounded(_parse(given[0]!)) : throw new FormatException($"Expected one value of \"{_name}\" (got {given.Count})");
        }

        private Array ParseList(StringValues given)
        {
            if (given.Count > _bounds?.Maximum) throw new FormatException($"array too big (maximum {_bounds.Maximum}, got {given.Count})");

            var list = Array.CreateInstance(_element, given.Count);
            for (var i = 0; i < given.Count; i++) list.SetValue(_parse(given[i]!), i);
            return list;
        }

        private object Bounded(object value)
        {
            if (_bounds is null || value is not int number) return value;
            if (number < _bounds.Minimum) throw new FormatException($"integer too small (minimum {_bounds.Minimum}, got {number})");
            if (number > _bounds.Maximum) throw new FormatException($"integer too big (maximum {_bounds.Maximum}, got {number})");
            return value;
        }

        private static Func<string, object> ParserOf(Type type)
        {
            if (type == typeof(string)) return text => text;
            if (type == typeof(int)) return text => (int)Math.Clamp(ParseInteger(text), int.MinValue, int.MaxValue);
            if (type == typeof(long)) return text => ParseInteger(text);
            if (type == typeof(bool)) return text => text switch { "true" => true, "false" => false, _ => throw Expected("boolean", text) };
            return typeof(Parameter).GetMethod(nameof(ParseSyntax), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).CreateDelegate<Func<string, object>>();
        }

        private static long ParseInteger(string text) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Expected("integer", text);

        private static object ParseSyntax<T>(string text) where T : ISyntax<T> => AtSyntax.Parse<T>(text);

        private static FormatException Expected(string kind, string text) => new($"Expected {kind} value type (got \"{text}\")");
    }
}
